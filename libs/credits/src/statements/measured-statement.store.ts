import { Injectable } from '@nestjs/common';

import { invariant, present, type Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { MeasuringScope } from '../measuring/measurement.store';
import { yearOf } from '../period.rules';
import type { StatementHead, StatementLine } from './statement.rules';

/** A statement as everybody may know it. */
export interface Statement extends StatementHead {
  readonly id: string;
  readonly evidenceNo: string | null;
  readonly hash: string;
  readonly publishedAt: Date;
}

interface HeadRow extends Omit<Statement, 'areaMu100' | 'grams'> {
  readonly areaMu100: string;
  readonly grams: string;
}

interface LineRow extends Omit<StatementLine, 'areaMu100' | 'grams'> {
  readonly areaMu100: string;
  readonly grams: string;
}

type Reader = Pick<Database, 'query'>;

const HEAD = `s.id, s.no, s.region, s.year, s.parcels, s.area_mu100 AS "areaMu100", s.grams, s.evidence_no AS "evidenceNo", s.hash,
  s.comment_from::text AS "commentFrom", s.comment_until::text AS "commentUntil", s.published_at AS "publishedAt"`;
/** Measured and in no statement; what was issued by the short way stays out of it. */
const OPEN = `m.book = $1 AND m.year = $2 AND starts_with(m.village, $3) AND m.rejected_at IS NULL
  AND m.statement IS NULL AND m.issuance IS NULL`;

const wide = <Row extends { areaMu100: string; grams: string }>(row: Row) => ({
  ...row,
  areaMu100: BigInt(row.areaMu100),
  grams: BigInt(row.grams),
});

@Injectable()
export class MeasuredStatementStore {
  async openLines(tx: Tx, { region, period }: MeasuringScope): Promise<StatementLine[]> {
    const rows = await tx.query<LineRow>(
      `SELECT m.village, m.forest_class AS "forestClass", m.method_kind AS "methodKind",
              m.coefficient_set AS "coefficientSet", count(*)::int AS parcels, sum(m.area_mu100) AS "areaMu100",
              sum(m.grams) AS grams
         FROM credits.measurement m WHERE ${OPEN}
        GROUP BY 1, 2, 3, 4 ORDER BY m.village, m.forest_class COLLATE "C", m.coefficient_set`,
      [tx.book, yearOf(period), region],
    );
    return rows.map(wide);
  }

  async nextNo(tx: Tx, { region, period }: MeasuringScope): Promise<string> {
    const rows = await tx.query<{ next: number }>(
      `SELECT count(*)::int + 1 AS next FROM credits.statement WHERE book = $1 AND region = $2 AND year = $3`,
      [tx.book, region, yearOf(period)],
    );
    return `${region}-${yearOf(period)}-s${present(rows[0], 'a count has a row').next}`;
  }

  /** Freezes what is open. The caller holds the book's measurements. */
  async insert(
    tx: Tx,
    scope: MeasuringScope,
    statement: Omit<Statement, 'publishedAt'>,
    lines: readonly StatementLine[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.statement (book, id, no, region, year, parcels, area_mu100, grams, evidence_no, hash,
              comment_from, comment_until, published_by, published_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[tx.book, statement.id, statement.no, statement.region, statement.year, statement.parcels],
        ...[statement.areaMu100.toString(), statement.grams.toString(), statement.evidenceNo, statement.hash],
        ...[statement.commentFrom, statement.commentUntil, tx.context.actor, tx.now],
      ],
    );
    await tx.execute(
      `INSERT INTO credits.statement_line (book, statement, set_owner, village, forest_class, method_kind, coefficient_set,
              parcels, area_mu100, grams)
       SELECT $1, $2, s.owner, l.* FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bigint[],
              $9::bigint[]) AS l (village, forest_class, method_kind, coefficient_set, parcels, area_mu100, grams)
         JOIN credits.coefficient_set s ON s.owner IN (0, $1) AND s.version = l.coefficient_set`,
      [
        ...[tx.book, statement.id],
        lines.map(({ village }) => village),
        lines.map(({ forestClass }) => forestClass),
        lines.map(({ methodKind }) => methodKind),
        lines.map(({ coefficientSet }) => coefficientSet),
        lines.map(({ parcels }) => parcels),
        lines.map(({ areaMu100 }) => areaMu100.toString()),
        lines.map(({ grams }) => grams.toString()),
      ],
    );
    const frozen = await tx.execute(`UPDATE credits.measurement m SET statement = $4 WHERE ${OPEN}`, [
      ...[tx.book, yearOf(scope.period), scope.region, statement.id],
    ]);
    invariant(frozen === statement.parcels, 'a statement holds what it counts');
  }

  async find(from: Reader, book: number, no: string): Promise<Statement | undefined> {
    const rows = await from.query<HeadRow>(
      `SELECT ${HEAD} FROM credits.statement s WHERE s.book = $1 AND s.no = $2`,
      [book, no],
    );
    return rows.map(wide)[0];
  }

  /** By number, the last first: those after the one named. */
  async list(from: Reader, book: number, after: string | null, limit: number): Promise<Statement[]> {
    const rows = await from.query<HeadRow>(
      `SELECT ${HEAD} FROM credits.statement s WHERE s.book = $1 AND ($2::text IS NULL OR s.no < $2)
        ORDER BY s.no DESC LIMIT $3`,
      [book, after, limit],
    );
    return rows.map(wide);
  }

  /** The lines of villages after the one named, so many villages. */
  async lines(
    from: Reader,
    book: number,
    id: string,
    after: string,
    villages: number,
  ): Promise<StatementLine[]> {
    const rows = await from.query<LineRow>(
      `SELECT l.village, l.forest_class AS "forestClass", l.method_kind AS "methodKind",
              l.coefficient_set AS "coefficientSet", l.parcels, l.area_mu100 AS "areaMu100", l.grams
         FROM credits.statement_line l
        WHERE l.book = $1 AND l.statement = $2 AND l.village IN (
              SELECT DISTINCT v.village FROM credits.statement_line v
               WHERE v.book = $1 AND v.statement = $2 AND v.village > $3 ORDER BY v.village LIMIT $4)
        ORDER BY l.village, l.forest_class COLLATE "C", l.coefficient_set`,
      [book, id, after, villages],
    );
    return rows.map(wide);
  }

  /** The parcel of a code among those of the statement, whatever became of its measurement since. */
  async parcel(tx: Tx, statement: string, code: string): Promise<StatedParcel | undefined> {
    const rows = await tx.query<StatedParcel>(
      `SELECT m.parcel AS id, m.village, m.issuance IS NOT NULL AS "isIssued"
         FROM credits.measurement m JOIN registry.parcel_current p ON p.book = m.book AND p.id = m.parcel
        WHERE m.book = $1 AND m.statement = $2 AND p.code = $3`,
      [tx.book, statement, code],
    );
    return rows[0];
  }
}

export interface StatedParcel {
  readonly id: string;
  readonly village: string;
  readonly isIssued: boolean;
}

/** Whether comments are taken on the day. */
export const isOpenToComment = ({ commentUntil }: Pick<Statement, 'commentUntil'>, today: Day): boolean =>
  commentUntil !== null && today <= commentUntil;
