import { Injectable, type OnModuleInit } from '@nestjs/common';

import { idOf, invariant, ok, present, type Result } from '@app/kernel';
import {
  again,
  DONE,
  JobHandlers,
  UnitOfWork,
  type JobOutcome,
  type RunningJob,
  type Tx,
} from '@app/platform';
import type { DomainLedger } from '../domain-ledger';
import { Ledger } from '../ledger';
import type { PostingRefusal } from '../posting-refusal';
import { EXPIRE_HOLD, type ExpireHoldPayload } from './expire-hold.job';
import { draftOfExpiry } from './hold-step.rules';
import { HoldStore } from './hold.store';

/** The job comes by the book's clock, which the posting function reads again. */
const TOO_EARLY_MS = 1_000;

/** Gives back what a hold of the HTTP door set aside when its time has run out. */
@Injectable()
export class ExpireHold implements OnModuleInit {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly handlers: JobHandlers,
    private readonly unitOfWork: UnitOfWork,
    private readonly holds: HoldStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('ledger');
  }

  onModuleInit(): void {
    this.handlers.on(EXPIRE_HOLD, (job) => this.execute(job));
  }

  async execute({ book, payload: { hold } }: RunningJob<ExpireHoldPayload>): Promise<JobOutcome> {
    const context = {
      book,
      actor: 'system/ledger.expire-hold',
      action: EXPIRE_HOLD.name,
      subject: `hold/${hold}`,
    };
    const done = await this.unitOfWork.run(context, (tx) => this.giveBack(tx, hold));
    if (done.ok) return DONE;
    invariant(done.reason.code === 'HOLD_NOT_EXPIRED', `a hold expires: ${done.reason.code}`);
    return again(TOO_EARLY_MS);
  }

  private async giveBack(tx: Tx, hold: string): Promise<Result<unknown, PostingRefusal>> {
    await tx.query('SELECT ledger.take_fence($1)', [tx.book]);
    const view = present((await this.holds.byIds(tx, tx.book, [hold])).get(hold), 'a hold to expire exists');
    if (view.state !== 'held') return ok(null);
    return this.#ledger.post(tx, [draftOfExpiry(view, idOf('ledger.expire-hold', hold))]);
  }
}
