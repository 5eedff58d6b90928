import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';

/** idle: since the money reached the county; unused: since a payee received it. */
export const LIMIT_KINDS = ['idle', 'unused'] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

export interface DayLimit {
  readonly kind: LimitKind;
  readonly days: number;
  readonly from: Day;
  readonly documentNo: string;
}

@Injectable()
export class DayLimitStore {
  /** The limit that begins on this day or later, if there is one. One limit of a kind after the other. */
  async later(tx: Tx, kind: LimitKind, from: Day): Promise<{ from: Day; documentNo: string } | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('funds.limit/' || $1, $2))`, [
      kind,
      tx.book,
    ]);
    const rows = await tx.query<{ from: Day; documentNo: string }>(
      `SELECT lower(valid)::text AS "from", document_no AS "documentNo" FROM funds.day_limit
        WHERE book = $1 AND kind = $2 AND lower(valid) >= $3::date ORDER BY valid LIMIT 1`,
      [tx.book, kind, from],
    );
    return rows[0];
  }

  /** From its day on; the limit before it ends there. */
  async insert(tx: Tx, { kind, days, from, documentNo }: DayLimit): Promise<void> {
    await tx.execute(
      `UPDATE funds.day_limit SET valid = daterange(lower(valid), $3::date)
        WHERE book = $1 AND kind = $2 AND valid @> $3::date`,
      [tx.book, kind, from],
    );
    await tx.execute(
      `INSERT INTO funds.day_limit (book, kind, days, valid, document_no, recorded_by, recorded_at)
       VALUES ($1, $2, $3, daterange($4::date, NULL), $5, $6, $7)`,
      [tx.book, kind, days, from, documentNo, tx.context.actor, tx.now],
    );
  }

  async onDay(
    from: Pick<Database, 'query'>,
    book: number,
    kind: LimitKind,
    day: Day,
  ): Promise<DayLimit | undefined> {
    const rows = await from.query<DayLimit>(
      `SELECT kind, days, lower(valid)::text AS "from", document_no AS "documentNo" FROM funds.day_limit
        WHERE book = $1 AND kind = $2 AND valid @> $3::date`,
      [book, kind, day],
    );
    return rows[0];
  }
}
