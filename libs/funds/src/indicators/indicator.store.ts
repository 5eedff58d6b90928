import { Injectable } from '@nestjs/common';

import { present, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { fundPath } from '../funds.paths';
import type { IndicatorDraft, SourceKind } from './indicator.rules';

/** One row of funds.indicator. */
export interface Indicator extends IndicatorDraft {
  readonly id: string;
  /** Last year's indicator that this one continues, and how many years it has been carried over by now. */
  readonly carriedFrom?: string | null;
  readonly carriedYears?: number;
  /** The agreement with another book that brought its money. */
  readonly agreement?: string | null;
}

export interface ReadIndicator extends Indicator {
  readonly carriedFrom: string | null;
  readonly carriedYears: number;
  readonly agreement: string | null;
  /** Since then it takes no reservation. */
  readonly closedAt: Date | null;
  /** The sum of the documents that changed its amount. */
  readonly adjustedFen: bigint;
}

/** One that nobody else reserves, releases, adjusts or closes until the commit. */
export interface LockedIndicator extends ReadIndicator {
  readonly isClosed: boolean;
  /** By its documents. */
  readonly allottedFen: bigint;
}

export interface IndicatorRow {
  readonly id: string;
  readonly doc_no: string;
  readonly year: number;
  readonly source_kind: SourceKind;
  readonly fund_source: string;
  readonly project_code: string;
  readonly function_item: string;
  readonly economic_item: string;
  readonly government_economic_item: string | null;
  readonly fund_nature: string;
  readonly budget_unit: string;
  readonly direct: boolean;
  readonly amount_fen: string;
  readonly arrived_on: Day;
  readonly carried_from: string | null;
  readonly carried_years: number;
  readonly agreement: string | null;
  readonly closed_at: Date | null;
  readonly adjusted_fen: string;
}

/** Of `funds.indicator i`. */
export const INDICATOR_COLUMNS = `i.id, i.doc_no, i.year, i.source_kind, i.fund_source, i.project_code,
  i.function_item, i.economic_item, i.government_economic_item, i.fund_nature, i.budget_unit, i.direct,
  i.amount_fen, i.arrived_on::text AS arrived_on, i.carried_from, i.carried_years, i.agreement, i.closed_at,
  (SELECT coalesce(sum(a.change_fen), 0)::text FROM funds.adjustment a
    WHERE a.book = i.book AND a.indicator = i.id) AS adjusted_fen`;

export const toIndicator = (row: IndicatorRow): ReadIndicator => ({
  id: row.id,
  docNo: row.doc_no,
  year: row.year,
  sourceKind: row.source_kind,
  fundSource: row.fund_source,
  projectCode: row.project_code,
  functionItem: row.function_item,
  economicItem: row.economic_item,
  governmentEconomicItem: row.government_economic_item ?? undefined,
  fundNature: row.fund_nature,
  budgetUnit: row.budget_unit,
  direct: row.direct,
  amountFen: BigInt(row.amount_fen),
  arrivedOn: row.arrived_on,
  carriedFrom: row.carried_from,
  carriedYears: row.carried_years,
  agreement: row.agreement,
  closedAt: row.closed_at,
  adjustedFen: BigInt(row.adjusted_fen),
});

@Injectable()
export class IndicatorStore {
  /** Indicators of a book are entered one after the other: a file checks its rows against what is there. */
  async lockEntering(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('funds.indicator'), $1::int)`, [tx.book]);
  }

  /** False when one of the documents has already allotted to its project in this book. */
  async insert(tx: Tx, indicators: readonly Indicator[], file: string | null = null): Promise<boolean> {
    const columns = [
      ['id', 'uuid', indicators.map(({ id }) => id)],
      ['doc_no', 'text', indicators.map(({ docNo }) => docNo)],
      ['year', 'int', indicators.map(({ year }) => year)],
      ['source_kind', 'text', indicators.map(({ sourceKind }) => sourceKind)],
      ['fund_source', 'text', indicators.map(({ fundSource }) => fundSource)],
      ['project_code', 'text', indicators.map(({ projectCode }) => projectCode)],
      ['function_item', 'text', indicators.map(({ functionItem }) => functionItem)],
      ['economic_item', 'text', indicators.map(({ economicItem }) => economicItem)],
      [
        'government_economic_item',
        'text',
        indicators.map(({ governmentEconomicItem }) => governmentEconomicItem ?? null),
      ],
      ['fund_nature', 'text', indicators.map(({ fundNature }) => fundNature)],
      ['budget_unit', 'text', indicators.map(({ budgetUnit }) => budgetUnit)],
      ['direct', 'boolean', indicators.map(({ direct }) => direct)],
      ['amount_fen', 'bigint', indicators.map(({ amountFen }) => amountFen.toString())],
      ['arrived_on', 'date', indicators.map(({ arrivedOn }) => arrivedOn)],
      ['carried_from', 'uuid', indicators.map(({ carriedFrom }) => carriedFrom ?? null)],
      ['agreement', 'uuid', indicators.map(({ agreement }) => agreement ?? null)],
      ['carried_years', 'int', indicators.map(({ carriedYears }) => carriedYears ?? 0)],
    ] as const;
    const names = columns.map(([name]) => name).join(', ');
    const arrays = columns.map(([, type], index) => `$${index + 5}::${type}[]`).join(', ');
    const inserted = await tx.execute(
      `INSERT INTO funds.indicator (book, allotted_at, allotted_by, import, ${names})
       SELECT $1, $2, $3, $4::uuid, n.* FROM unnest(${arrays}) AS n
       ON CONFLICT (book, doc_no, project_code) DO NOTHING`,
      [tx.book, tx.now, tx.context.actor, file, ...columns.map(([, , values]) => values)],
    );
    return inserted === indicators.length;
  }

  /** Those of the documents that have allotted to their projects already, as `document project`. */
  async allotted(tx: Tx, keys: readonly { docNo: string; projectCode: string }[]): Promise<Set<string>> {
    const rows = await tx.query<{ key: string }>(
      `SELECT i.doc_no || ' ' || i.project_code AS key
         FROM funds.indicator i
         JOIN unnest($2::text[], $3::text[]) AS k (doc_no, project_code) USING (doc_no, project_code)
        WHERE i.book = $1`,
      [tx.book, keys.map(({ docNo }) => docNo), keys.map(({ projectCode }) => projectCode)],
    );
    return new Set(rows.map(({ key }) => key));
  }

  /**
   * Whether it is open to reservations, kept so until the commit: reservations pass each other, and wait for who
   * adjusts or closes. Undefined when there is none.
   */
  async share(tx: Tx, id: string): Promise<{ readonly isClosed: boolean } | undefined> {
    const rows = await tx.query<{ isClosed: boolean }>(
      `SELECT closed_at IS NOT NULL AS "isClosed" FROM funds.indicator WHERE book = $1 AND id = $2 FOR SHARE`,
      [tx.book, id],
    );
    return rows[0];
  }

  /** Adjusted or closed by one at a time, while nothing is reserved or released. */
  async lock(tx: Tx, id: string): Promise<LockedIndicator | undefined> {
    const locked = 'SELECT FROM funds.indicator WHERE book = $1 AND id = $2 FOR NO KEY UPDATE';
    if ((await tx.query(locked, [tx.book, id])).length === 0) return undefined;
    // Read after the lock is held: adjustments that were waited for are seen.
    const rows = await tx.query<IndicatorRow>(
      `SELECT ${INDICATOR_COLUMNS} FROM funds.indicator i WHERE i.book = $1 AND i.id = $2`,
      [tx.book, id],
    );
    return rows.map(toIndicator).map((indicator) => ({
      ...indicator,
      isClosed: indicator.closedAt !== null,
      allottedFen: indicator.amountFen + indicator.adjustedFen,
    }))[0];
  }

  /** What the ledger has available of a locked indicator. */
  async available(tx: Tx, id: string): Promise<bigint> {
    const rows = await tx.query<{ fen: string }>(
      `SELECT coalesce(sum(a.side * (a.debits - a.credits)), 0)::text AS fen
         FROM ledger.account a WHERE a.book = $1 AND a.path = $2`,
      [tx.book, fundPath(id)],
    );
    return BigInt(present(rows[0], 'a sum has a row').fen);
  }

  async close(tx: Tx, id: string): Promise<void> {
    await tx.execute('UPDATE funds.indicator SET closed_at = $3 WHERE book = $1 AND id = $2', [
      ...[tx.book, id, tx.now],
    ]);
  }
}
