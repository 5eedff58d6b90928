import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import { invariant, ok, present, type Result } from '@app/kernel';
import {
  again,
  DONE,
  Logger,
  UnitOfWork,
  type JobOutcome,
  type RunningJob,
  type WorkContext,
} from '@app/platform';
import { ApplyResults } from './apply-results';
import { BatchStore, type Batch } from './batch.store';
import { Batches } from './batches';
import type { BatchJob } from './disbursement.jobs';
import { FindingStore } from './finding.store';
import { PaymentChannel, type ChannelRefusal } from './payment-channel';
import { paceOf } from './polling.rules';

const UNREACHABLE_PAUSE_MS = 5_000;
const REFUSED_PAUSE_MS = 60_000;

/**
 * Asks the bank what became of a batch until it is done. Lines the bank does not know (P) stay in transit, are
 * shown as unknown and are asked for at a slow pace; nothing here ever sends a line again.
 */
@Injectable()
export class PollBatch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: BatchStore,
    private readonly batches: Batches,
    private readonly findings: FindingStore,
    private readonly channel: PaymentChannel,
    private readonly applyResults: ApplyResults,
    private readonly logger: Logger,
  ) {}

  async execute({ book, payload }: Pick<RunningJob<BatchJob>, 'book' | 'payload'>): Promise<JobOutcome> {
    const context: WorkContext = {
      book,
      actor: 'system/disbursement.poll-batch',
      action: 'disbursement.apply-results',
      subject: `batch/${payload.batch}`,
    };
    for (let turn = 1; ; turn += 1) {
      const batch = present(await this.store.find(book, payload.batch), 'a polled batch exists');
      if (batch.state === 'done') return DONE;
      const read = await this.readPages(context, batch);
      if (!read.ok) return this.wait(context, batch, read.reason);
      const pace = paceOf(await this.batches.progress(book, batch.id), turn);
      if (pace.kind === 'finished') return DONE;
      if (pace.kind === 'later') return again(pace.afterMs);
      await sleep(pace.afterMs);
    }
  }

  /** Applies every page there is. The cursor is kept with the results, so a page is never lost in between. */
  private async readPages(context: WorkContext, batch: Batch): Promise<Result<void, ChannelRefusal>> {
    let cursor = batch.resultsCursor ?? undefined;
    for (;;) {
      const page = await this.channel.results(batch.no, cursor);
      if (!page.ok) return page;
      const { results, next } = page.value;
      if (results.length === 0 || next === cursor) return ok(undefined);
      const applied = await this.applyResults.execute(context, batch.id, results, next);
      invariant(applied.ok, `batch ${batch.no} takes results`);
      for (const { code, facts } of applied.value.refused) {
        this.logger.warn(`batch ${batch.no} seq ${facts.seq}: ${code}`, 'PollBatch');
      }
      cursor = next;
    }
  }

  private async wait(context: WorkContext, batch: Batch, reason: ChannelRefusal): Promise<JobOutcome> {
    if (reason.code === 'BANK_UNREACHABLE') return again(UNREACHABLE_PAUSE_MS);
    await this.unitOfWork.run(context, async (tx) => {
      await this.findings.add(tx, batch.id, [
        { code: 'BANK_REFUSED_RESULTS', facts: { status: String(reason.status) } },
      ]);
      return ok(undefined);
    });
    return again(REFUSED_PAUSE_MS);
  }
}
