import { Injectable } from '@nestjs/common';

import { ok, present, refuse, type Result } from '@app/kernel';
import { UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import type { PeriodOutcome } from './close-period';
import { Periods } from './period.store';

export type ReopenPeriodRefusal =
  | { readonly code: 'PERIOD_UNKNOWN'; readonly period: string }
  | { readonly code: 'PERIOD_REOPENED'; readonly period: string }
  /** Only the last closed one reopens; one after the other, as far back as need be. */
  | { readonly code: 'PERIOD_NOT_LAST'; readonly period: string; readonly last: string }
  | { readonly code: 'REOPENING_NOT_ASKED'; readonly period: string }
  /** Who asked does not reopen. */
  | { readonly code: 'SAME_PERSON'; readonly period: string; readonly askedBy: string };

interface ReopeningRow {
  readonly code: string;
  readonly last: string | null;
  readonly asked_by?: string | null;
}

/** One person asks for the last closed period to be reopened. */
@Injectable()
export class AskReopening {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly periods: Periods,
  ) {}

  execute(
    context: WorkContext,
    { no }: { readonly no: bigint },
  ): Promise<Result<PeriodOutcome, ReopenPeriodRefusal>> {
    return this.unitOfWork.run<PeriodOutcome, ReopenPeriodRefusal>(context, async (tx) => {
      const rows = await tx.query<ReopeningRow>('SELECT code, last FROM ledger.ask_reopening($1, $2, $3)', [
        ...[tx.book, no.toString(), context.actor],
      ]);
      return outcomeOf(tx, this.periods, no, present(rows[0], 'asking for a reopening answers'));
    });
  }
}

/** Another person reopens it: until it is closed again, entries may be effective in it. */
@Injectable()
export class ReopenPeriod {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly periods: Periods,
  ) {}

  execute(
    context: WorkContext,
    { no }: { readonly no: bigint },
  ): Promise<Result<PeriodOutcome, ReopenPeriodRefusal>> {
    return this.unitOfWork.run<PeriodOutcome, ReopenPeriodRefusal>(context, async (tx) => {
      const rows = await tx.query<ReopeningRow>(
        'SELECT code, last, asked_by FROM ledger.reopen_period($1, $2, $3)',
        [tx.book, no.toString(), context.actor],
      );
      return outcomeOf(tx, this.periods, no, present(rows[0], 'a reopening answers'));
    });
  }
}

async function outcomeOf(
  tx: Tx,
  periods: Periods,
  no: bigint,
  { code, last, asked_by: askedBy }: ReopeningRow,
): Promise<Result<PeriodOutcome, ReopenPeriodRefusal>> {
  const period = no.toString();
  tx.audit({ period });
  switch (code) {
    case 'PERIOD_UNKNOWN':
    case 'PERIOD_REOPENED':
    case 'REOPENING_NOT_ASKED':
      return refuse({ code, period });
    case 'PERIOD_NOT_LAST':
      return refuse({ code, period, last: present(last, 'a closed period is the last') });
    case 'SAME_PERSON':
      return refuse({ code, period, askedBy: present(askedBy, 'somebody asked') });
    default:
      return ok({ period: await periods.changed(tx, tx.book, no), replayed: code === 'SAME' });
  }
}
