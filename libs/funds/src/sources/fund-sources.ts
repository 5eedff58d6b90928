import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import { NO_FIGURES, sumFigures, type IndicatorFigures } from '../indicators/figures.rules';
import { Indicators } from '../indicators/indicators';
import { FundSourceStore, type FundSource } from './fund-source.store';

/** What came from a source, and how far it got: the sum of its indicators. */
export interface SourceTotals extends FundSource, IndicatorFigures {
  readonly indicators: number;
}

/** Reads of sources (资金来源). A payout line names its source through its indicator. */
@Injectable()
export class FundSources {
  constructor(
    private readonly database: Database,
    private readonly sources: FundSourceStore,
    private readonly indicators: Indicators,
  ) {}

  list(book: number, day: Day): Promise<FundSource[]> {
    return this.sources.list(this.database, book, day);
  }

  /** Of one year's indicators, or of all; sources without any are there with zeros. */
  async totals(book: number, day: Day, year?: number): Promise<SourceTotals[]> {
    const sources = await this.list(book, day);
    const indicators = await this.indicators.every(book, year);
    return sources.map((source) => {
      const own = indicators.filter(({ fundSource }) => fundSource === source.code);
      return { ...source, indicators: own.length, ...own.reduce(sumFigures, NO_FIGURES) };
    });
  }

  /** The source of each indicator, by the name of the day it reached the county. For whoever prints a payout line. */
  async ofIndicators(book: number, indicators: readonly string[]): Promise<Map<string, FundSource>> {
    const rows = await this.database.query<FundSource & { indicator: string }>(
      `SELECT v.indicator, v.source AS code, v.kind, coalesce(v.name_zh, v.source) AS "nameZh",
              coalesce(v.name_en, v.source) AS "nameEn", i.doc_no AS "documentNo"
         FROM funds.indicator_source v JOIN funds.indicator i ON i.book = v.book AND i.id = v.indicator
        WHERE v.book = $1 AND v.indicator = ANY ($2::uuid[])`,
      [book, indicators],
    );
    return new Map(rows.map(({ indicator, ...source }) => [indicator, source]));
  }
}
