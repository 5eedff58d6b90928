import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { FundSourceKind, SourceDraft, SourceName } from './source.rules';

/** A source by its name of the day. */
export interface FundSource {
  readonly code: string;
  readonly kind: FundSourceKind;
  readonly nameZh: string;
  readonly nameEn: string;
  /** The document that named it so. */
  readonly documentNo: string;
}

@Injectable()
export class FundSourceStore {
  /** False when the book has one by this code. */
  async insert(tx: Tx, { code, kind }: SourceDraft): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO funds.fund_source (book, code, kind, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (book, code) DO NOTHING`,
      [tx.book, code, kind, tx.context.actor, tx.now],
    );
    return inserted === 1;
  }

  async exists(tx: Tx, code: string): Promise<boolean> {
    const rows = await tx.query('SELECT FROM funds.fund_source WHERE book = $1 AND code = $2', [
      tx.book,
      code,
    ]);
    return rows.length === 1;
  }

  /** Those of the codes that the book has. */
  async known(tx: Tx, codes: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ code: string }>(
      'SELECT code FROM funds.fund_source WHERE book = $1 AND code = ANY ($2)',
      [tx.book, codes],
    );
    return new Set(rows.map(({ code }) => code));
  }

  /** The name that begins on this day or later, if there is one. One renaming of a source after the other. */
  async nameFrom(tx: Tx, code: string, from: Day): Promise<{ from: Day; documentNo: string } | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('funds.source/' || $1, $2))`, [
      code,
      tx.book,
    ]);
    const rows = await tx.query<{ from: Day; documentNo: string }>(
      `SELECT lower(valid)::text AS "from", document_no AS "documentNo" FROM funds.fund_source_name
        WHERE book = $1 AND source = $2 AND lower(valid) >= $3::date ORDER BY valid LIMIT 1`,
      [tx.book, code, from],
    );
    return rows[0];
  }

  /** From the day on; what it was called before ends there. */
  async name(tx: Tx, code: string, name: SourceName): Promise<void> {
    await tx.execute(
      `UPDATE funds.fund_source_name SET valid = daterange(lower(valid), $3::date)
        WHERE book = $1 AND source = $2 AND valid @> $3::date`,
      [tx.book, code, name.from],
    );
    await tx.execute(
      `INSERT INTO funds.fund_source_name (book, source, name_zh, name_en, valid, document_no, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, daterange($5::date, NULL), $6, $7, $8)`,
      [
        ...[tx.book, code, name.nameZh, name.nameEn, name.from, name.documentNo],
        ...[tx.context.actor, tx.now],
      ],
    );
  }

  /** As they are called on the day, in the usual order of their kinds; one that has no name yet is called by its code. */
  async list(from: Pick<Database, 'query'>, book: number, day: Day): Promise<FundSource[]> {
    return from.query<FundSource>(
      `SELECT s.code, s.kind, coalesce(n.name_zh, s.code) AS "nameZh", coalesce(n.name_en, s.code) AS "nameEn",
              coalesce(n.document_no, '') AS "documentNo"
         FROM funds.fund_source s
         JOIN funds.source_kind k ON k.kind = s.kind
         LEFT JOIN funds.fund_source_name n ON n.book = s.book AND n.source = s.code AND n.valid @> $2::date
        WHERE s.book = $1 ORDER BY k.ordinal, s.code`,
      [book, day],
    );
  }
}
