import { Injectable } from '@nestjs/common';

import { ok, present, refuse, type Result } from '@app/kernel';
import { UnitOfWork, type WorkContext } from '@app/platform';
import { Periods, type PeriodView } from './period.store';

export type ClosePeriodRefusal =
  /** It must end after the last closed one. */
  | { readonly code: 'PERIOD_ENDS_TOO_EARLY'; readonly closedUntil: string }
  /** It ends later than the book's clock. */
  | { readonly code: 'PERIOD_ENDS_TOO_LATE'; readonly endsAt: string; readonly now: string };

export interface PeriodOutcome {
  readonly period: PeriodView;
  /** It was so before. */
  readonly replayed: boolean;
}

interface ClosedRow {
  readonly code: string;
  readonly period: string | null;
  readonly closed_until: string;
  readonly now_at: string;
  readonly ends_at: string;
}

/** Closes the time up to a moment: its trial balance is sealed, and nothing is effective in it from now on. */
@Injectable()
export class ClosePeriod {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly periods: Periods,
  ) {}

  execute(
    context: WorkContext,
    { endsAt }: { readonly endsAt: Date },
  ): Promise<Result<PeriodOutcome, ClosePeriodRefusal>> {
    return this.unitOfWork.run<PeriodOutcome, ClosePeriodRefusal>(context, async (tx) => {
      const rows = await tx.query<ClosedRow>(
        `SELECT code, period, ledger.instant(closed_until) AS closed_until, ledger.instant(now_at) AS now_at,
                ledger.instant($2::timestamptz) AS ends_at
           FROM ledger.close_period($1, $2, $3)`,
        [tx.book, endsAt, context.actor],
      );
      const closed = present(rows[0], 'closing a period answers');
      const { code } = closed;
      if (code === 'PERIOD_ENDS_TOO_EARLY') return refuse({ code, closedUntil: closed.closed_until });
      if (code === 'PERIOD_ENDS_TOO_LATE') {
        return refuse({ code, endsAt: closed.ends_at, now: closed.now_at });
      }
      const no = BigInt(present(closed.period, 'a closed period has a number'));
      const period = await this.periods.changed(tx, tx.book, no);
      tx.audit({ period: no.toString(), endsAt: period.endsAt, trialBalance: period.trialBalance });
      return ok({ period, replayed: code === 'SAME' });
    });
  }
}
