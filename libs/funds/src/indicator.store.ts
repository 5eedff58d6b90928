import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { IndicatorDraft, SourceKind } from './indicator.rules';

/** One row of funds.indicator. */
export interface Indicator extends IndicatorDraft {
  readonly id: string;
}

export interface IndicatorRow {
  readonly id: string;
  readonly doc_no: string;
  readonly year: number;
  readonly source_kind: SourceKind;
  readonly project_code: string;
  readonly function_item: string;
  readonly economic_item: string;
  readonly government_economic_item: string | null;
  readonly fund_nature: string;
  readonly budget_unit: string;
  readonly direct: boolean;
  readonly amount_fen: string;
  readonly arrived_on: Day;
}

export const INDICATOR_COLUMNS = `id, doc_no, year, source_kind, project_code, function_item, economic_item,
  government_economic_item, fund_nature, budget_unit, direct, amount_fen, arrived_on::text AS arrived_on`;

export const toIndicator = (row: IndicatorRow): Indicator => ({
  id: row.id,
  docNo: row.doc_no,
  year: row.year,
  sourceKind: row.source_kind,
  projectCode: row.project_code,
  functionItem: row.function_item,
  economicItem: row.economic_item,
  governmentEconomicItem: row.government_economic_item ?? undefined,
  fundNature: row.fund_nature,
  budgetUnit: row.budget_unit,
  direct: row.direct,
  amountFen: BigInt(row.amount_fen),
  arrivedOn: row.arrived_on,
});

@Injectable()
export class IndicatorStore {
  /** Returns false when the document and project already have an indicator in this book. */
  async insert(tx: Tx, indicator: Indicator): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO funds.indicator (book, id, doc_no, year, source_kind, project_code, function_item,
              economic_item, government_economic_item, fund_nature, budget_unit, direct, amount_fen,
              arrived_on, allotted_at, allotted_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       ON CONFLICT (book, doc_no, project_code) DO NOTHING RETURNING id`,
      [
        tx.book,
        indicator.id,
        indicator.docNo,
        indicator.year,
        indicator.sourceKind,
        indicator.projectCode,
        indicator.functionItem,
        indicator.economicItem,
        indicator.governmentEconomicItem ?? null,
        indicator.fundNature,
        indicator.budgetUnit,
        indicator.direct,
        indicator.amountFen,
        indicator.arrivedOn,
        tx.now,
        tx.context.actor,
      ],
    );
    return rows.length === 1;
  }

  async exists(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM funds.indicator WHERE book = $1 AND id = $2', [tx.book, id]);
    return rows.length === 1;
  }
}
