import { Injectable, type OnModuleInit } from '@nestjs/common';

import { idOf, invariant, present } from '@app/kernel';
import { again, DONE, JobHandlers, UnitOfWork, type JobOutcome, type RunningJob } from '@app/platform';
import type { DomainLedger } from '../domain-ledger';
import { Ledger } from '../ledger';
import type { EntryDraft } from '../entry';
import { rest } from './end-hold';
import { EXPIRE_HOLD, type ExpireHoldPayload } from './expire-hold.job';
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
    const view = present(await this.holds.byId(book, hold), 'a hold to expire exists');
    if (view.state !== 'held') return DONE;
    const context = {
      book,
      actor: 'system/ledger.expire-hold',
      action: EXPIRE_HOLD.name,
      subject: `hold/${hold}`,
    };
    const draft: EntryDraft = {
      id: idOf('ledger.expire-hold', hold),
      kind: 'ledger.expire-hold',
      legs: rest(view, view.amount),
      ends: { hold, as: 'expire' },
    };
    const done = await this.unitOfWork.run(context, (tx) => this.#ledger.post(tx, [draft]));
    if (done.ok || done.reason.code === 'HOLD_ENDED') return DONE;
    invariant(done.reason.code === 'HOLD_NOT_EXPIRED', `a hold expires: ${done.reason.code}`);
    return again(TOO_EARLY_MS);
  }
}
