import { Injectable, type OnModuleInit } from '@nestjs/common';

import { ok, type Refusal, type Result } from '@app/kernel';
import {
  DONE,
  JobHandlers,
  UnitOfWork,
  type JobOutcome,
  type RunningJob,
  type Tx,
  type WorkContext,
} from '@app/platform';
import { END_TERMS, EXPIRE_HOLD, RETIRE_RIDES, SETTLE_LATE, SPLIT_ORDERS } from './cards.jobs';
import { ExpireHold } from './orders/expire-hold';
import { SettleLate } from './payment/settle-late';
import { EndTerms } from './rides/end-terms';
import { RetireRides } from './rides/retire-rides';
import { CloseSettlements } from './split/close-settlements';
import { SplitOrders } from './split/split-orders';

/** A job's work was refused: nobody is there to read the refusal, so the job fails and is tried again. */
class JobRefused extends Error {
  override readonly name = 'JobRefused';

  constructor(readonly code: string) {
    super(code);
  }
}

const contextOf = (book: number, action: string, subject?: string): WorkContext => ({
  book,
  actor: `system/${action}`,
  action,
  ...(subject === undefined ? {} : { subject }),
});

/** Says which function runs which job of this lib. Each may be run again from any point. */
@Injectable()
export class CardJobHandlers implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly unitOfWork: UnitOfWork,
    private readonly expireHold: ExpireHold,
    private readonly settleLate: SettleLate,
    private readonly retireRides: RetireRides,
    private readonly splitOrders: SplitOrders,
    private readonly closeSettlements: CloseSettlements,
    private readonly endTerms: EndTerms,
  ) {}

  onModuleInit(): void {
    this.handlers.on(EXPIRE_HOLD, (job) => this.expire(job));
    this.handlers.on(SETTLE_LATE, (job) => this.late(job));
    this.handlers.on(RETIRE_RIDES, (job) =>
      this.batches(contextOf(job.book, RETIRE_RIDES.name), async (tx) => {
        const retired = await this.retireRides.execute(tx);
        return retired.ok ? ok(retired.value.rides) : retired;
      }),
    );
    this.handlers.on(SPLIT_ORDERS, (job) => this.split(job));
    this.handlers.on(END_TERMS, (job) =>
      this.batches(contextOf(job.book, END_TERMS.name), async (tx) => {
        const ended = await this.endTerms.execute(tx);
        return ended.ok ? ok(ended.value.cards) : ended;
      }),
    );
  }

  private async expire({ book, payload }: RunningJob<{ orderId: string }>): Promise<JobOutcome> {
    const context = contextOf(book, EXPIRE_HOLD.name, `card-order/${payload.orderId}`);
    done(await this.unitOfWork.run(context, (tx) => this.expireHold.execute(tx, payload.orderId)));
    return DONE;
  }

  private async late({ book, payload }: RunningJob<{ orderId: string }>): Promise<JobOutcome> {
    const context = contextOf(book, SETTLE_LATE.name, `card-order/${payload.orderId}`);
    done(await this.settleLate.execute(context, payload.orderId));
    return DONE;
  }

  /** Splits all that is due, then closes what was split: a run that dies between the two closes at its next try. */
  private async split({ book }: RunningJob<object>): Promise<JobOutcome> {
    await this.batches(contextOf(book, SPLIT_ORDERS.name), async (tx) => {
      const split = await this.splitOrders.execute(tx);
      return split.ok ? ok(split.value.orders) : split;
    });
    const context = contextOf(book, 'cards.close-settlements');
    done(await this.unitOfWork.run(context, (tx) => this.closeSettlements.execute(tx)));
    return DONE;
  }

  /** One unit of work a batch, until one finds nothing to do. */
  private async batches<R extends Refusal>(
    context: WorkContext,
    batch: (tx: Tx) => Promise<Result<number, R>>,
  ): Promise<JobOutcome> {
    for (;;) {
      if (done(await this.unitOfWork.run(context, batch)) === 0) return DONE;
    }
  }
}

function done<T, R extends Refusal>(result: Result<T, R>): T {
  if (result.ok) return result.value;
  throw new JobRefused(result.reason.code);
}
