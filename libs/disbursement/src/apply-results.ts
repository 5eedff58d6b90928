import { Injectable } from '@nestjs/common';

import { idOf, invariant, ok, refuse, type Result } from '@app/kernel';
import { Ledger, sumLegs, type DomainLedger, type EntryDraft, type Leg } from '@app/ledger';
import { UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import { BatchLineStore } from './batch-line.store';
import { BatchStore, type Batch } from './batch.store';
import type { BatchRefusal } from './disbursement.refusals';
import { FindingStore, type Finding } from './finding.store';
import { LineStore } from './line.store';
import type { BankResult } from './payment-channel';
import { PayoutSteps } from './payout-steps';
import { cut } from './plan.rules';
import { MONEY, RAILS } from './rails';
import { judge, type LineChange } from './result.rules';

/** Results a transaction takes: at most two legs each in an entry. */
const CHUNK_RESULTS = 1_000;

export interface Applied {
  readonly paid: number;
  readonly returned: number;
  /** Lines that are now P: in transit, never sent again. */
  readonly unknown: number;
  readonly repeated: number;
  /** Results that were refused, each with its reason. They changed nothing but this list. */
  readonly refused: readonly Finding[];
}

const NOTHING: Applied = { paid: 0, returned: 0, unknown: 0, repeated: 0, refused: [] };

/**
 * Takes what the bank says about the lines of a batch: in any order, in part, twice. A line settles once, by its
 * own state; what contradicts the books is a finding and moves no money.
 */
@Injectable()
export class ApplyResults {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly batches: BatchStore,
    private readonly batchLines: BatchLineStore,
    private readonly lines: LineStore,
    private readonly findings: FindingStore,
    private readonly steps: PayoutSteps,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('disbursement');
  }

  /**
   * Applies in chunks, each its own transaction; the bank's cursor moves with the last of them. Refuses
   * BATCH_UNKNOWN and BATCH_NOT_SUBMITTED; a wrong single result is in `refused`.
   */
  async execute(
    context: WorkContext,
    batch: string,
    results: readonly BankResult[],
    cursor?: string,
  ): Promise<Result<Applied, BatchRefusal>> {
    const chunks = cut(results, CHUNK_RESULTS);
    let total = NOTHING;
    for (const [index, chunk] of chunks.entries()) {
      const last = index === chunks.length - 1;
      const applied = await this.unitOfWork.run(context, (tx) =>
        this.applyChunk(tx, batch, chunk, last ? cursor : undefined),
      );
      if (!applied.ok) return applied;
      this.steps.reached('apply.committed');
      total = sum(total, applied.value);
    }
    return ok(total);
  }

  private async applyChunk(
    tx: Tx,
    id: string,
    results: readonly BankResult[],
    cursor: string | undefined,
  ): Promise<Result<Applied, BatchRefusal>> {
    const batch = await this.batches.lock(tx, id);
    if (!batch) return refuse({ code: 'BATCH_UNKNOWN', batch: id });
    if (batch.state !== 'submitted' && batch.state !== 'done') {
      return refuse({ code: 'BATCH_NOT_SUBMITTED', batch: id, state: batch.state });
    }
    const seqs = [...new Set(results.map(({ seq }) => seq))];
    const { changes, findings, repeated } = judge(await this.batchLines.standing(tx, id, seqs), results);
    await this.findings.add(tx, id, findings);
    const counts = await this.move(tx, batch, changes);
    await this.batches.noteApplication(tx, id, cursor);
    if ((await this.batchLines.open(tx, id)) === 0) await this.batches.advance(tx, id, 'submitted', 'done');
    tx.audit({ batch: batch.no, ...counts, refused: findings.length });
    await this.post(tx, batch, changes);
    this.steps.reached('apply.posted');
    return ok({ ...counts, repeated, refused: findings });
  }

  private async move(
    tx: Tx,
    batch: Batch,
    changes: readonly LineChange[],
  ): Promise<{ paid: number; returned: number; unknown: number }> {
    const linesOf = (result: string): string[] =>
      changes.filter((change) => change.result === result).map(({ standing }) => standing.line);
    const [paid, returned] = [linesOf('S'), linesOf('F')];
    const recorded = await this.batchLines.record(tx, batch.id, changes);
    invariant(recorded === changes.length, `results of batch ${batch.no} meet open lines`);
    const moved =
      (await this.lines.settle(tx, batch.id, paid, 'paid')) +
      (await this.lines.settle(tx, batch.id, returned, 'returned'));
    invariant(moved === paid.length + returned.length, `lines of batch ${batch.no} leave transit once`);
    return { paid: paid.length, returned: returned.length, unknown: linesOf('P').length };
  }

  /** One entry for what was paid and one for what came back, summed per roster. */
  private async post(tx: Tx, batch: Batch, changes: readonly LineChange[]): Promise<void> {
    const rail = RAILS[batch.rail];
    const draft = (verb: 'settle' | 'return', result: string, to: typeof rail.returned): EntryDraft[] => {
      const legs = changes
        .filter((change) => change.result === result)
        .flatMap(({ standing }): Leg[] => {
          const place = { ...standing, fund: batch.fund, batch: batch.id };
          return [
            { path: rail.inTransit(place), asset: MONEY, amount: standing.amountFen },
            { path: to(place), asset: MONEY, amount: -standing.amountFen },
          ];
        });
      if (legs.length === 0) return [];
      const id = idOf(verb, batch.id, String(batch.applications + 1));
      return [{ id, kind: rail.kinds[verb], reference: `batch/${batch.no}`, legs: sumLegs(legs) }];
    };
    const drafts = [...draft('settle', 'S', rail.paid), ...draft('return', 'F', rail.returned)];
    if (drafts.length === 0) return;
    const posted = await this.#ledger.post(tx, drafts);
    invariant(posted.ok, `what batch ${batch.no} settles is in transit`);
  }
}

const sum = (a: Applied, b: Applied): Applied => ({
  paid: a.paid + b.paid,
  returned: a.returned + b.returned,
  unknown: a.unknown + b.unknown,
  repeated: a.repeated + b.repeated,
  refused: [...a.refused, ...b.refused],
});
