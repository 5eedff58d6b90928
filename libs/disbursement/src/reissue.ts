import { Injectable } from '@nestjs/common';

import { idOf, invariant, newId, ok, refuse, type Result } from '@app/kernel';
import {
  Ledger,
  sumLegs,
  type DomainLedger,
  type EntryDraft,
  type Leg,
  type PostingRefusal,
} from '@app/ledger';
import type { Tx } from '@app/platform';
import { BatchPlanner, type PlannedBatch } from './batch-planner';
import type { BatchTarget } from './batch.store';
import type { LineRefusal } from './disbursement.refusals';
import { LineStore, type ReissueFacts } from './line.store';
import { cut, type PayableLine } from './plan.rules';
import { MONEY, RAILS } from './rails';
import { reissueRefusal, type ReissueRequest } from './reissue.rules';

/** The most lines of one reissue: a person looked at each of them. */
export const REISSUE_LINES_MAX = 5_000;

/** Three legs a line at most. */
const SLICE_LINES = 600;

interface Reissued {
  readonly facts: ReissueFacts;
  readonly amountFen: bigint;
}

/**
 * Pays returned lines again (重新发放): takes each back from 退回待处理 into its payable, and puts exactly these
 * lines into new batches. One wrong line refuses all.
 */
@Injectable()
export class Reissue {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly lines: LineStore,
    private readonly planner: BatchPlanner,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('disbursement');
  }

  /** Posts last. Refuses with the first line that may not be reissued and why; see `reissueRefusal`. */
  async execute(
    tx: Tx,
    requests: readonly ReissueRequest[],
  ): Promise<Result<{ batches: readonly PlannedBatch[] }, LineRefusal | PostingRefusal>> {
    if (requests.length > REISSUE_LINES_MAX) {
      return refuse({ code: 'LINES_TOO_MANY', given: requests.length, most: REISSUE_LINES_MAX });
    }
    const judged = await this.judge(tx, requests);
    if (!judged.ok) return judged;
    const reissued = judged.value;
    const moved = await this.lines.reclaim(
      tx,
      reissued.map(({ facts, amountFen }) => ({ id: facts.id, dueFen: amountFen })),
    );
    invariant(moved === reissued.length, 'lines locked as returned are returned');
    const batches = await this.plan(tx, reissued);
    tx.audit({ lines: reissued.length, batches: batches.map(({ no }) => no) });
    const posted = await this.#ledger.post(tx, draftsOf(reissued));
    return posted.ok ? ok({ batches }) : posted;
  }

  private async judge(tx: Tx, requests: readonly ReissueRequest[]): Promise<Result<Reissued[], LineRefusal>> {
    const ids = requests.map(({ lineId }) => lineId);
    const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
    if (repeated !== undefined) return refuse({ code: 'LINE_REPEATED', lineId: repeated });
    const known = new Map((await this.lines.lockForReissue(tx, ids)).map((facts) => [facts.id, facts]));
    const reissued: Reissued[] = [];
    for (const request of requests) {
      const facts = known.get(request.lineId);
      const refusal = reissueRefusal(request, facts, tx.context.actor);
      if (refusal) return refuse(refusal);
      invariant(facts !== undefined, 'a line that is not refused is known');
      reissued.push({ facts, amountFen: request.amountFen ?? facts.dueFen });
    }
    return ok(reissued);
  }

  /** A batch keeps to one indicator or one settlement, however the lines were picked. */
  private async plan(tx: Tx, reissued: readonly Reissued[]): Promise<PlannedBatch[]> {
    const groups = new Map<string, { target: BatchTarget; lines: PayableLine[] }>();
    for (const { facts, amountFen } of reissued) {
      const { rail, fund, source, id, bank, account, payeeReason } = facts;
      const sourceId = rail === 'market' ? source : null;
      const name = `${rail} ${fund} ${sourceId ?? ''}`;
      const group = groups.get(name) ?? { target: { rail, fund, sourceId }, lines: [] };
      group.lines.push({ line: id, amountFen, bank, account, payeeReason });
      groups.set(name, group);
    }
    const batches: PlannedBatch[] = [];
    for (const { target, lines } of groups.values()) {
      batches.push(...(await this.planner.plan(tx, target, lines, true)).batches);
    }
    return batches;
  }
}

function draftsOf(reissued: readonly Reissued[]): EntryDraft[] {
  const id = newId();
  return (['fiscal', 'market'] as const).flatMap((rail) => {
    const ofRail = reissued.filter(({ facts }) => facts.rail === rail);
    return cut(ofRail, SLICE_LINES).flatMap((slice, n): EntryDraft[] => {
      const stopped = slice.flatMap(stopLegs);
      const reclaim = { kind: RAILS[rail].kinds.reclaim, legs: sumLegs(slice.flatMap(reclaimLegs)) };
      const stop = { kind: 'disbursement.stop', legs: sumLegs(stopped) };
      return [reclaim, ...(stopped.length > 0 ? [stop] : [])].map((draft) => ({
        ...draft,
        id: idOf(draft.kind, id, String(n)),
        reference: `reissue/${id}`,
      }));
    });
  });
}

function placeOf({ facts }: Reissued) {
  const { fund, source, party, batch } = facts;
  invariant(batch !== null, 'a returned line came back from a batch');
  return { fund, source, party, batch };
}

function reclaimLegs(line: Reissued): Leg[] {
  const rail = RAILS[line.facts.rail];
  const place = placeOf(line);
  return [
    { path: rail.returned(place), asset: MONEY, amount: line.amountFen },
    { path: rail.payable(place), asset: MONEY, amount: -line.amountFen },
  ];
}

/** What is not paid again is stopped (停发) and can be given back to its indicator. */
function stopLegs(line: Reissued): Leg[] {
  const rail = RAILS[line.facts.rail];
  const restFen = line.facts.dueFen - line.amountFen;
  if (restFen === 0n || !rail.stopped) return [];
  const place = placeOf(line);
  return [
    { path: rail.returned(place), asset: MONEY, amount: restFen },
    { path: rail.stopped(place), asset: MONEY, amount: -restFen },
  ];
}
