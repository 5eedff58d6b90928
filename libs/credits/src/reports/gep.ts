import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { FigureStore } from '../one-book/figure.store';
import { GrowthStore } from '../one-book/growth.store';
import type { Place } from '../one-book/land.store';
import { valueOf } from './balance-sheet.rules';
import { column, tableOf, type Cell, type ReportTable } from './report';
import { CLASSES, wordOf } from './report.words';

/** 固碳 of the gross ecosystem product: what was measured, by year and class, and its value where a price was approved. */
@Injectable()
export class CarbonFixation {
  constructor(
    private readonly growth: GrowthStore,
    private readonly figures: FigureStore,
  ) {}

  async tables(place: Place, day: Day): Promise<{ tables: ReportTable[]; illustrative: boolean }> {
    const [years, [price]] = await Promise.all([
      this.growth.on(place, day),
      this.figures.prices(place.book, 'fixation-price', day),
    ]);
    const rows = years.map((one): Cell[] => [
      String(one.year),
      wordOf(CLASSES, one.forestClass),
      one.areaMu100,
      one.grams,
      one.recheckedGrams,
      price ? valueOf(one.recheckedGrams, price) : null,
      price?.source ?? null,
    ]);
    const table = tableOf(
      { name: 'fixation', zh: '固碳量', en: 'Carbon fixation' },
      [
        column('年度', 'Year', 'year'),
        column('类型', 'Class', 'text'),
        column('面积（亩）', 'Area (mu)', 'mu'),
        column('计量固碳量（吨CO₂e）', 'Measured (t CO2e)', 't'),
        column('其中已复核（吨CO₂e）', 'Of these re-checked (t CO2e)', 't'),
        column('价值（元，按已复核量）', 'Value of the re-checked (yuan)', 'yuan'),
        column('单价来源', 'Source of the price', 'text'),
      ],
      rows,
      new Set(years.map(({ year }) => year)).size <= 1,
    );
    return { tables: [table], illustrative: years.some(({ illustrative }) => illustrative) };
  }
}
