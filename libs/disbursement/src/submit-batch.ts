import { Injectable } from '@nestjs/common';

import { idOf, invariant, ok, present, refuse, type Result } from '@app/kernel';
import { Ledger, sumLegs, type DomainLedger, type Leg } from '@app/ledger';
import {
  again,
  DONE,
  Jobs,
  UnitOfWork,
  type JobOutcome,
  type RunningJob,
  type Tx,
  type WorkContext,
} from '@app/platform';
import { BatchStore, type Batch } from './batch.store';
import { POLL_BATCH, type BatchJob } from './disbursement.jobs';
import { FindingStore } from './finding.store';
import { LineStore, type ClaimedLine } from './line.store';
import { OutgoingFile } from './outgoing-file';
import { PaymentChannel, type ChannelRefusal } from './payment-channel';
import { PayoutSteps } from './payout-steps';
import { RAILS, MONEY } from './rails';

/** Lines a ledger entry takes into transit: two legs each at most, which is the most an entry may have. */
export const SLICE_LINES = 1_000;

/** How long to wait for a bank that does not answer, and for one that answers no or has no link yet. */
const UNREACHABLE_PAUSE_MS = 2_000;
const REFUSED_PAUSE_MS = 60_000;

/** Nothing to roll back for: another worker has been here. */
const ALREADY = refuse({ code: 'ALREADY_DONE' });

/**
 * Takes a planned batch into transit slice by slice, gives it to the bank and marks it submitted. Money is in
 * transit before the bank hears of it; every step asks the database whether it was made already, so the job may
 * die after any of them and be run again, and two workers may run it at once.
 */
@Injectable()
export class SubmitBatch {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly batches: BatchStore,
    private readonly lines: LineStore,
    private readonly findings: FindingStore,
    private readonly file: OutgoingFile,
    private readonly channel: PaymentChannel,
    private readonly jobs: Jobs,
    private readonly steps: PayoutSteps,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('disbursement');
  }

  async execute({ book, payload }: Pick<RunningJob<BatchJob>, 'book' | 'payload'>): Promise<JobOutcome> {
    const context: WorkContext = {
      book,
      actor: 'system/disbursement.submit-batch',
      action: 'disbursement.submit-batch',
      subject: `batch/${payload.batch}`,
    };
    const batch = present(await this.batches.find(book, payload.batch), 'a submitted batch exists');
    if (batch.state === 'submitted' || batch.state === 'done') return DONE;
    if (!this.channel.isLinked) return again(REFUSED_PAUSE_MS);
    if (batch.state === 'planned') await this.begin(context, batch);
    for (let first = 1; first <= batch.lines; first += SLICE_LINES) {
      await this.takeSlice(context, batch, first);
    }
    const sent = await this.send(context, batch);
    if (!sent.ok) return this.wait(context, batch, sent.reason);
    await this.mark(context, batch);
    return DONE;
  }

  private async begin(context: WorkContext, batch: Batch): Promise<void> {
    await this.unitOfWork.run(context, async (tx) =>
      (await this.batches.advance(tx, batch.id, 'planned', 'submitting')) ? ok(undefined) : ALREADY,
    );
    this.steps.reached('submit.begun');
  }

  /** One slice, one transaction, one entry. A slice that is in transit already is passed over. */
  private async takeSlice(context: WorkContext, batch: Batch, first: number): Promise<void> {
    const last = Math.min(first + SLICE_LINES - 1, batch.lines);
    await this.unitOfWork.run(context, async (tx) => {
      await this.batches.lock(tx, batch.id);
      const claimed = await this.lines.claimSlice(tx, batch.id, first, last);
      if (claimed.length === 0) return ALREADY;
      invariant(claimed.length === last - first + 1, `slice ${first} of batch ${batch.no} moves whole`);
      this.steps.reached('submit.slice-claimed');
      await this.post(tx, batch, first, claimed);
      this.steps.reached('submit.slice-posted');
      tx.audit({ batch: batch.no, firstSeq: first, lastSeq: last });
      return ok(undefined);
    });
    this.steps.reached('submit.slice-committed');
  }

  private async post(tx: Tx, batch: Batch, first: number, lines: readonly ClaimedLine[]): Promise<void> {
    const rail = RAILS[batch.rail];
    const legs = lines.flatMap(({ source, party, amountFen }): Leg[] => {
      const place = { fund: batch.fund, source, party, batch: batch.id };
      return [
        { path: rail.payable(place), asset: MONEY, amount: amountFen },
        { path: rail.inTransit(place), asset: MONEY, amount: -amountFen },
      ];
    });
    const posted = await this.#ledger.post(tx, [
      {
        id: idOf('submit', batch.id, String(first)),
        kind: rail.kinds.submit,
        reference: `batch/${batch.no}`,
        legs: sumLegs(legs),
      },
    ]);
    invariant(posted.ok, `the payables of batch ${batch.no} are in the ledger`);
  }

  private async send(context: WorkContext, batch: Batch): Promise<Result<void, ChannelRefusal>> {
    const file = await this.file.build(context.book, batch);
    const digest = batch.digest ?? (await this.fixDigest(context, batch, file.digest));
    invariant(digest === file.digest, `batch ${batch.no} is the same file at every sending`);
    this.steps.reached('submit.digest-fixed');
    const sent = await this.channel.submit(file);
    this.steps.reached('submit.sent');
    return sent;
  }

  private async fixDigest(context: WorkContext, batch: Batch, digest: string): Promise<string> {
    const fixed = await this.unitOfWork.run(context, async (tx) =>
      ok(await this.batches.fixDigest(tx, batch.id, digest)),
    );
    invariant(fixed.ok, 'fixing a digest is never refused');
    return fixed.value;
  }

  /** The money stays in transit: the bank may have the file. A refusal is also put before people. */
  private async wait(context: WorkContext, batch: Batch, reason: ChannelRefusal): Promise<JobOutcome> {
    if (reason.code === 'BANK_UNREACHABLE') return again(UNREACHABLE_PAUSE_MS);
    await this.unitOfWork.run(context, async (tx) => {
      await this.findings.add(tx, batch.id, [
        { code: 'BANK_REFUSED_BATCH', facts: { status: String(reason.status) } },
      ]);
      return ok(undefined);
    });
    return again(REFUSED_PAUSE_MS);
  }

  /** The mark and the job that asks for results are one commit. */
  private async mark(context: WorkContext, batch: Batch): Promise<void> {
    await this.unitOfWork.run(context, async (tx) => {
      if (!(await this.batches.advance(tx, batch.id, 'submitting', 'submitted'))) return ALREADY;
      await this.jobs.add(tx, POLL_BATCH, { batch: batch.id }, { id: idOf('poll-batch', batch.id) });
      tx.audit({ batch: batch.no, lines: batch.lines, totalFen: batch.totalFen.toString() });
      this.steps.reached('submit.marked');
      return ok(undefined);
    });
    this.steps.reached('submit.committed');
  }
}
