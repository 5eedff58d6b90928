import { Injectable } from '@nestjs/common';

import { dayOf, idOf, ok, refuse, type Result } from '@app/kernel';
import {
  Ledger,
  LEGS_MAX,
  type DomainLedger,
  type EntryDraft,
  type Leg,
  type PostingRefusal,
} from '@app/ledger';
import type { Tx } from '@app/platform';
import { MarkParcels } from '@app/registry';
import { assetOf, bufferPath, holdingPath, issuedPath } from '../credits.paths';
import type { IssueRefusal } from '../credits.refusals';
import type { Grade } from '../grade';
import { MeasurementStore, type MeasuringScope } from '../measuring/measurement.store';
import { checkPeriod, yearOf } from '../period.rules';
import { discountOf } from '../rules/book-rule.rules';
import { BookRuleStore } from '../rules/book-rule.store';
import { formatSerials, issuanceCode } from '../serials/serial.rules';
import { SerialBlockStore, type NewBlock } from '../serials/serial-block.store';
import { IssuableStore } from './issuable.store';
import { planIssuances, type Issuable, type PlannedIssuance, type PlannedLine } from './issuance.rules';
import { IssuanceStore, type NewIssuance } from './issuance.store';

export interface IssueCommand extends MeasuringScope {
  /** The document that decides the issuance; every share cites its right's own besides. */
  readonly documentNo: string;
  /** 岗位代理: the order by which the actor may issue what they measured or re-checked. */
  readonly actingOrderNo?: string;
}

export interface IssuedCredits {
  readonly id: string;
  readonly code: string;
  readonly grade: Grade;
  /** Township, nine digits. */
  readonly region: string;
  readonly parties: number;
  readonly grams: bigint;
  readonly bufferGrams: bigint;
  /** Left out for the uncertainty of the coefficients. */
  readonly discountGrams: bigint;
  /** `610924100-2025-G1-1-1`: its first and its last serial. */
  readonly firstSerial: string;
  readonly lastSerial: string;
}

const NAMED_MAX = 20;
/** Besides the parties' legs an entry has one that issues and one of the buffer. */
const PARTIES_PER_ENTRY = LEGS_MAX - 2;

/** Issues (登记·核发) what was measured and re-checked in one township: an issuance a grade. */
@Injectable()
export class IssueCredits {
  private readonly books: DomainLedger;

  constructor(
    private readonly measurements: MeasurementStore,
    private readonly issuables: IssuableStore,
    private readonly issuances: IssuanceStore,
    private readonly rules: BookRuleStore,
    private readonly blocks: SerialBlockStore,
    private readonly markParcels: MarkParcels,
    private readonly ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /**
   * The region of the command is a township. Empty when nothing there has grams for anybody. Refuses
   * LAND_CREDITED_BEFORE with the land units; nothing is issued then.
   */
  async execute(
    tx: Tx,
    command: IssueCommand,
  ): Promise<Result<IssuedCredits[], IssueRefusal | PostingRefusal>> {
    const period = checkPeriod(command.period, dayOf(tx.now));
    if (!period.ok) return period;
    await this.measurements.lockTownship(tx, command.region);
    const notBy = command.actingOrderNo === undefined ? tx.context.actor : null;
    const today = dayOf(tx.now);
    const days = (await this.rules.inForce(tx, tx.book, 'comment-days', today))?.days ?? 0;
    const issuables = await this.issuables.issuables(tx, command, notBy, { today, needsStatement: days > 0 });
    const terms = await this.issuables.terms(tx, command);
    if (!terms || issuables.length === 0) return ok([]);
    const steps = (await this.rules.inForce(tx, tx.book, 'uncertainty-discount', today))?.steps ?? [];
    const plans = planIssuances(issuables, {
      bufferPpm: terms.bufferPpm,
      discountPpm: (halfWidthPpm) => discountOf(steps, halfWidthPpm),
    });
    const landUnits = plans.flatMap((plan) => plan.landUnits);
    const credited = await this.issuances.creditedBefore(tx, landUnits, command.period);
    if (credited.length > 0) {
      const facts = {
        region: command.region,
        total: credited.length,
        landUnits: credited.slice(0, NAMED_MAX),
      };
      return refuse({ code: 'LAND_CREDITED_BEFORE', ...facts });
    }
    const issued: { issuance: NewIssuance; plan: PlannedIssuance }[] = [];
    for (const plan of plans) issued.push(await this.record(tx, command, plan, terms.set));
    await this.markParcels.execute(tx, parcelsOf(issuables, plans), 'registered');
    tx.audit({ issuances: issued.map(({ issuance }) => issuance.code), documentNo: command.documentNo });
    // Opening an asset takes the fence of the book, as posting does: both come last.
    for (const { issuance } of issued) {
      await this.ledger.openAsset(tx, { code: issuance.asset, unit: 'g', scale: 0 });
    }
    const posted = await this.books.post(
      tx,
      issued.flatMap(({ issuance, plan }) => entriesOf(issuance, plan)),
    );
    return posted.ok ? ok(issued.map(({ issuance, plan }) => summaryOf(issuance, plan))) : posted;
  }

  private async record(
    tx: Tx,
    { region, period, documentNo, actingOrderNo }: IssueCommand,
    plan: PlannedIssuance,
    coefficientSet: string,
  ): Promise<{ issuance: NewIssuance; plan: PlannedIssuance }> {
    const name = { region, year: yearOf(period), grade: plan.grade };
    const supplement = await this.issuances.nextSupplement(tx, name);
    const code = issuanceCode({ township: region, year: name.year, grade: plan.grade, supplement });
    const issuance: NewIssuance = {
      id: idOf('credits.issuance', String(tx.book), code),
      code,
      asset: assetOf(code),
      region,
      year: name.year,
      period,
      supplement,
      documentNo,
      coefficientSet,
      actingOrderNo: actingOrderNo ?? null,
    };
    await this.issuances.insert(tx, issuance, plan);
    await this.blocks.insert(
      tx,
      blocksOf(code, plan.lines).map((block) => ({ ...block, issuance: issuance.id })),
    );
    return { issuance, plan };
  }
}

function parcelsOf(issuables: readonly Issuable[], plans: readonly PlannedIssuance[]): string[] {
  const issued = new Set(plans.flatMap(({ measurements }) => measurements.map(({ id }) => id)));
  return issuables.filter(({ measurement }) => issued.has(measurement)).map(({ parcel }) => parcel);
}

/** Of each party's run the low end is free and the high end is the buffer's. */
function blocksOf(code: string, lines: readonly PlannedLine[]): NewBlock[] {
  return lines.flatMap(({ party, grams, bufferGrams, firstSerial }) => {
    const firstOfBuffer = firstSerial + grams - bufferGrams;
    const last = firstSerial + grams - 1n;
    return [
      { party, place: holdingPath(party), first: firstSerial, last: firstOfBuffer - 1n },
      { party, place: bufferPath(code), first: firstOfBuffer, last },
    ].filter((block) => block.first <= block.last);
  });
}

/** issued → holding of each party and the buffer, in slices that keep their keys. */
function entriesOf({ code, asset, id }: NewIssuance, { lines }: PlannedIssuance): EntryDraft[] {
  const entries: EntryDraft[] = [];
  for (let from = 0; from < lines.length; from += PARTIES_PER_ENTRY) {
    const slice = lines.slice(from, from + PARTIES_PER_ENTRY);
    const sum = (part: (line: PlannedLine) => bigint) =>
      slice.reduce((total, line) => total + part(line), 0n);
    const legs: Leg[] = [
      { path: issuedPath(code), asset, amount: sum(({ grams }) => grams) },
      ...slice.map((line) => ({
        path: holdingPath(line.party),
        asset,
        amount: line.bufferGrams - line.grams,
      })),
      { path: bufferPath(code), asset, amount: -sum(({ bufferGrams }) => bufferGrams) },
    ];
    entries.push({
      id: idOf('credits.issue', id, String(entries.length)),
      kind: 'credits.issue',
      reference: `issuance/${code}`,
      legs: legs.filter(({ amount }) => amount !== 0n),
    });
  }
  return entries;
}

const summaryOf = ({ id, code, region }: NewIssuance, plan: PlannedIssuance): IssuedCredits => ({
  id,
  code,
  grade: plan.grade,
  region,
  parties: plan.lines.length,
  grams: plan.grams,
  bufferGrams: plan.bufferGrams,
  discountGrams: plan.discountGrams,
  firstSerial: formatSerials({ code, first: 1n, last: 1n }),
  lastSerial: formatSerials({ code, first: plan.grams, last: plan.grams }),
});
