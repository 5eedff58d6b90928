import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { EarmarkedKind, UseKind } from './use.rules';

/** What a kind of payee may use money for, or no longer, from a day on, by document. */
export interface EarmarkRule {
  readonly payeeKind: EarmarkedKind;
  readonly useKind: UseKind;
  readonly isAllowed: boolean;
  readonly from: Day;
  readonly documentNo: string;
}

export interface Earmark {
  readonly payeeKind: EarmarkedKind;
  readonly useKind: UseKind;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly from: Day;
  readonly documentNo: string;
}

@Injectable()
export class EarmarkStore {
  /** A rule that begins on this day or later, if there is one. One after the other. */
  async later(tx: Tx, rule: EarmarkRule): Promise<{ from: Day; documentNo: string } | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('funds.earmark'), $1::int)`, [tx.book]);
    const rows = await tx.query<{ from: Day; documentNo: string }>(
      `SELECT lower(valid)::text AS "from", document_no AS "documentNo" FROM funds.earmark
        WHERE book = $1 AND payee_kind = $2 AND use_kind = $3 AND lower(valid) >= $4::date ORDER BY valid LIMIT 1`,
      [tx.book, rule.payeeKind, rule.useKind, rule.from],
    );
    return rows[0];
  }

  async set(tx: Tx, { payeeKind, useKind, isAllowed, from, documentNo }: EarmarkRule): Promise<void> {
    await tx.execute(
      `UPDATE funds.earmark SET valid = daterange(lower(valid), $4::date)
        WHERE book = $1 AND payee_kind = $2 AND use_kind = $3 AND valid @> $4::date`,
      [tx.book, payeeKind, useKind, from],
    );
    if (!isAllowed) return;
    await tx.execute(
      `INSERT INTO funds.earmark (book, payee_kind, use_kind, valid, document_no, recorded_by, recorded_at)
       VALUES ($1, $2, $3, daterange($4::date, NULL), $5, $6, $7)`,
      [tx.book, payeeKind, useKind, from, documentNo, tx.context.actor, tx.now],
    );
  }

  async onDay(from: Pick<Database, 'query'>, book: number, day: Day): Promise<Earmark[]> {
    return from.query<Earmark>(
      `SELECT e.payee_kind AS "payeeKind", e.use_kind AS "useKind", k.name_zh AS "nameZh", k.name_en AS "nameEn",
              lower(e.valid)::text AS "from", e.document_no AS "documentNo"
         FROM funds.earmark e JOIN funds.use_kind k ON k.kind = e.use_kind
        WHERE e.book = $1 AND e.valid @> $2::date ORDER BY e.payee_kind, k.ordinal`,
      [book, day],
    );
  }
}
