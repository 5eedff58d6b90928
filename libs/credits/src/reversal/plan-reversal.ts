import { Injectable } from '@nestjs/common';

import { invariant, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { sumGrams } from '../grams';
import { sizeOf, type Block } from '../serials/take.rules';
import { affectedOf, stateIn, type Affected } from './affected.rules';
import { AtRiskStore, type IssuanceRange } from './at-risk.store';
import { lossesOf, type ParcelLoss, type ShareLoss } from './loss.rules';
import { minus } from './ranges.rules';
import { planReplacements, type Owed, type ReplacementPlan, type StandIn } from './replacement.rules';

/** An event as it is reckoned. */
export interface LossEvent {
  readonly day: Day;
  /** Of a correction: the year. */
  readonly year: number | null;
  readonly parcels: readonly { readonly parcel: string; readonly loss: ParcelLoss }[];
}

/** All that an event does. */
export interface ReversalPlan extends ReplacementPlan {
  readonly losses: readonly ShareLoss[];
  readonly affected: readonly Affected[];
}

/** Blocks that others split while they were waited for are looked for again so often. */
const LOOKS_MAX = 50;

/** Reckons what an event takes, without taking it. */
@Injectable()
export class PlanReversal {
  constructor(private readonly store: AtRiskStore) {}

  /** `isHeld`: what the plan touches cannot change until the unit of work ends. */
  async of(tx: Tx, { day, year, parcels }: LossEvent, isHeld: boolean): Promise<ReversalPlan> {
    const lossBy = new Map(parcels.map(({ parcel, loss }) => [parcel, loss]));
    const shares = await this.store.shares(tx, { day, year, parcels: [...lossBy.keys()] });
    const losses = lossesOf(shares, (parcel) => lossBy.get(parcel)!);
    const runs = losses.map(runOf);
    const blocks = byIssuance(await this.blocks(tx, runs, isHeld));
    const before = byIssuance(await this.store.lostBefore(tx, runs));
    const affected = losses.flatMap((share) =>
      affectedOf(share, blocks.get(share.issuance) ?? [], before.get(share.issuance) ?? []),
    );
    return { losses, affected, ...(await this.replace(tx, owedOf(affected), affected, isHeld)) };
  }

  /** Who stands in for what is owed. The buffers of other issuances are looked at only when they are needed. */
  async replace(
    tx: Tx,
    owed: readonly Owed[],
    affected: readonly Affected[],
    isHeld: boolean,
  ): Promise<ReplacementPlan> {
    if (owed.length === 0) return { replacements: [], short: [] };
    const near = await this.store.ownBuffers(tx, owed);
    for (const code of new Set(owed.map((run) => run.code))) {
      const ofIssuance = owed.filter((run) => run.code === code);
      const found = await this.store.buffersOf(tx, code, need(ofIssuance) + lostOf(code, affected));
      near.push(...found.map(({ id }) => id));
    }
    const plan = planReplacements(owed, await this.standIns(tx, near, affected, isHeld));
    if (plan.short.length === 0) return plan;
    const far = await this.farBuffers(tx, plan.short, need(owed), affected);
    return planReplacements(owed, await this.standIns(tx, [...near, ...far], affected, isHeld));
  }

  /** What is left of these blocks beside what is lost of them. */
  async standIns(
    tx: Tx,
    ids: readonly string[],
    affected: readonly Affected[],
    isHeld: boolean,
  ): Promise<StandIn[]> {
    const lost = new Map<string, Affected[]>();
    for (const run of affected) lost.set(run.block.id, [...(lost.get(run.block.id) ?? []), run]);
    const found = await this.store.standIns(tx, [...new Set(ids)], isHeld);
    return found.flatMap(({ block, grade }) =>
      minus(block, lost.get(block.id) ?? []).map((range) => ({ ...range, block, grade })),
    );
  }

  /** Enough for all that is owed, for what is near may be taken by others. */
  private async farBuffers(
    tx: Tx,
    short: readonly Owed[],
    enough: bigint,
    affected: readonly Affected[],
  ): Promise<string[]> {
    const ids: string[] = [];
    for (const grade of new Set(short.map((run) => run.grade))) {
      let found = 0n;
      for (const code of await this.store.issuances(tx, grade)) {
        if (found >= enough) break;
        const lost = lostOf(code, affected);
        const buffers = await this.store.buffersOf(tx, code, enough + lost);
        ids.push(...buffers.map(({ id }) => id));
        const grams = sumGrams(buffers);
        found += grams > lost ? grams - lost : 0n;
      }
    }
    return ids;
  }

  /** All of the runs: a block that was split while it was waited for has a part that was not seen. */
  private async blocks(tx: Tx, runs: readonly IssuanceRange[], isHeld: boolean): Promise<Block[]> {
    for (let look = 1; look <= LOOKS_MAX; look += 1) {
      const blocks = await this.store.blocks(tx, runs, isHeld);
      const known = byIssuance(blocks);
      const isWhole = runs.every((run) => minus(run, known.get(run.issuance) ?? []).length === 0);
      if (isWhole) return blocks;
    }
    invariant(false, 'the serials of a share are all in blocks');
  }
}

const runOf = ({ issuance, first, grams }: ShareLoss): IssuanceRange => ({
  issuance,
  first,
  last: first + grams - 1n,
});

const need = (owed: readonly Owed[]): bigint => sumGrams(owed.map((run) => ({ grams: sizeOf(run) })));

const lostOf = (code: string, affected: readonly Affected[]): bigint =>
  sumGrams(affected.filter(({ share }) => share.code === code).map((run) => ({ grams: sizeOf(run) })));

const owedOf = (affected: readonly Affected[]): Owed[] =>
  affected
    .filter(({ fate }) => fate === 'owed')
    .map(({ block, first, last, share }) => ({
      ...{ issuance: share.issuance, code: share.code, grade: share.grade, issuedAt: share.issuedAt },
      ...{
        party: share.party,
        first,
        last,
        isRetired: ['retired', 'stand-in'].includes(stateIn(block.place)),
      },
    }));

function byIssuance<Item extends { readonly issuance: string }>(items: readonly Item[]): Map<string, Item[]> {
  const map = new Map<string, Item[]>();
  for (const item of items) {
    const known = map.get(item.issuance);
    if (known) known.push(item);
    else map.set(item.issuance, [item]);
  }
  return map;
}
