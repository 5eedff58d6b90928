import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Database } from '@app/platform';
import type { Reader } from '../reads/entry.store';

/** A stretch of effective time that nothing is added to any more. Instants are ISO 8601 in UTC to the microsecond. */
export interface PeriodView {
  /** From 1, without gaps. A period that is closed again after a reopening has a number of its own. */
  readonly no: bigint;
  /** The last moment that belongs to it. */
  readonly endsAt: string;
  readonly state: 'closed' | 'reopening-asked' | 'reopened';
  readonly closedAt: string;
  readonly closedBy: string;
  /** SHA-256 of the sealed trial balance, in hex. */
  readonly trialBalance: string;
  readonly askedBy: string | null;
  readonly askedAt: string | null;
  readonly reopenedBy: string | null;
  readonly reopenedAt: string | null;
}

interface PeriodRow {
  readonly no: string;
  readonly ends_at: string;
  readonly state: PeriodView['state'];
  readonly closed_at: string;
  readonly closed_by: string;
  readonly trial_balance: string;
  readonly asked_by: string | null;
  readonly asked_at: string | null;
  readonly reopened_by: string | null;
  readonly reopened_at: string | null;
}

const PERIOD = `
  SELECT p.no, ledger.instant(p.ends_at) AS ends_at, ledger.instant(p.closed_at) AS closed_at, p.closed_by,
         CASE WHEN p.state = 'closed' AND p.asked_by IS NOT NULL THEN 'reopening-asked' ELSE p.state END AS state,
         encode(p.trial_balance, 'hex') AS trial_balance, p.asked_by, ledger.instant(p.asked_at) AS asked_at,
         p.reopened_by, ledger.instant(p.reopened_at) AS reopened_at
    FROM ledger.period p WHERE p.book = $1`;

/** Periods as they are read. */
@Injectable()
export class Periods {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(book: number): Promise<PeriodView[]> {
    return (await this.database.query<PeriodRow>(`${PERIOD} ORDER BY p.no DESC`, [book])).map(toPeriod);
  }

  async byNo(book: number, no: bigint): Promise<PeriodView | undefined> {
    const rows = await this.database.query<PeriodRow>(`${PERIOD} AND p.no = $2`, [book, no.toString()]);
    return rows[0] && toPeriod(rows[0]);
  }

  /** One that the transaction has just closed or reopened. */
  async changed(reader: Reader, book: number, no: bigint): Promise<PeriodView> {
    const rows = await reader.query<PeriodRow>(`${PERIOD} AND p.no = $2`, [book, no.toString()]);
    return toPeriod(present(rows[0], 'a changed period is there'));
  }
}

const toPeriod = (row: PeriodRow): PeriodView => ({
  ...{ no: BigInt(row.no), endsAt: row.ends_at, state: row.state },
  ...{ closedAt: row.closed_at, closedBy: row.closed_by, trialBalance: row.trial_balance },
  ...{ askedBy: row.asked_by, askedAt: row.asked_at },
  ...{ reopenedBy: row.reopened_by, reopenedAt: row.reopened_at },
});
