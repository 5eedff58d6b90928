import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Ledger } from '@app/ledger';
import { Database } from '@app/platform';
import { FIGURES, HEADS, type IndicatorFigures } from './figures.rules';
import type { SourceKind } from './indicator.rules';
import { INDICATOR_COLUMNS, toIndicator, type IndicatorRow, type ReadIndicator } from './indicator.store';

export interface IndicatorView extends ReadIndicator, IndicatorFigures {}

export interface IndicatorFilter {
  readonly year?: number;
  readonly fundSource?: string;
  readonly sourceKind?: SourceKind;
  readonly projectCode?: string;
  /** Some of the document's number. */
  readonly docNo?: string;
  /** Id of the last one of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** Newest year first; what follows a cursor does not move while others are entered. */
const ORDER = 'i.year DESC, i.doc_no COLLATE "C", i.project_code COLLATE "C"';
const PLACE = (alias: string) =>
  `-${alias}.year, ${alias}.doc_no COLLATE "C", ${alias}.project_code COLLATE "C"`;

/** Reads of indicators. Every figure is a sum of the ledger; none is kept beside it. */
@Injectable()
export class Indicators {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
  ) {}

  /** Newest year first. */
  async list(book: number, filter: IndicatorFilter): Promise<IndicatorView[]> {
    const rows = await this.database.query<IndicatorRow>(
      `SELECT ${INDICATOR_COLUMNS} FROM funds.indicator i
        WHERE i.book = $1 AND ($2::int IS NULL OR i.year = $2) AND ($3::text IS NULL OR i.fund_source = $3)
          AND ($4::text IS NULL OR i.source_kind = $4) AND ($5::text IS NULL OR i.project_code = $5)
          AND ($6::text IS NULL OR position($6 IN i.doc_no) > 0)
          AND ($7::uuid IS NULL OR (${PLACE('i')}) >
               (SELECT ${PLACE('c')} FROM funds.indicator c WHERE c.book = $1 AND c.id = $7))
        ORDER BY ${ORDER} LIMIT $8`,
      [
        ...[book, filter.year ?? null, filter.fundSource ?? null, filter.sourceKind ?? null],
        ...[filter.projectCode ?? null, filter.docNo ?? null, filter.after ?? null, filter.limit],
      ],
    );
    return this.withFigures(book, rows.map(toIndicator));
  }

  /** All of a year, or all there are: for sums. */
  async every(book: number, year?: number): Promise<IndicatorView[]> {
    const rows = await this.database.query<IndicatorRow>(
      `SELECT ${INDICATOR_COLUMNS} FROM funds.indicator i
        WHERE i.book = $1 AND ($2::int IS NULL OR i.year = $2) ORDER BY ${ORDER}`,
      [book, year ?? null],
    );
    return this.withFigures(book, rows.map(toIndicator));
  }

  async byId(book: number, id: string): Promise<IndicatorView | undefined> {
    const rows = await this.database.query<IndicatorRow>(
      `SELECT ${INDICATOR_COLUMNS} FROM funds.indicator i WHERE i.book = $1 AND i.id = $2`,
      [book, id],
    );
    return (await this.withFigures(book, rows.map(toIndicator)))[0];
  }

  private async withFigures(book: number, indicators: readonly ReadIndicator[]): Promise<IndicatorView[]> {
    if (indicators.length === 0) return [];
    const heads = indicators.flatMap(({ id }) =>
      FIGURES.flatMap((figure) => HEADS[figure].map((head) => `${head}/${id}`)),
    );
    const sums = await this.ledger.sums(book, heads);
    const sumOf = (head: string) => present(sums.get(head), 'every head asked for has a sum');
    return indicators.map((indicator) => {
      const figures = FIGURES.map((figure) => {
        const fen = HEADS[figure].reduce((sum, head) => sum + sumOf(`${head}/${indicator.id}`), 0n);
        return [figure, fen] as const;
      });
      return { ...indicator, ...(Object.fromEntries(figures) as Record<keyof IndicatorFigures, bigint>) };
    });
  }
}
