import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { FigureStore, type Price } from '../one-book/figure.store';
import { changesOf, isLand, type LandCell, type LandMove } from '../one-book/land.rules';
import { LandStore, type Place } from '../one-book/land.store';
import { stockChanges, stockOf, type SpeciesVolume, type StockFigures } from '../one-book/stock.rules';
import { balanced, differenceOf, valued, type BalanceLine, type ValueLine } from './balance-sheet.rules';
import { landChangeTable } from './one-book.report';
import { column, tableOf, type Cell, type ReportTable, type ReportUnit, type TableText } from './report';
import { CLASSES, wordOf } from './report.words';

/** What the sheet counts at one of its ends. */
interface End {
  readonly cells: readonly LandCell[];
  readonly volumes: readonly SpeciesVolume[];
  readonly figures: StockFigures;
  readonly prices: readonly Price[];
}

export interface ClassBalance {
  readonly forestClass: string;
  readonly area: BalanceLine;
  readonly volume: BalanceLine;
  readonly stock: BalanceLine;
  readonly price: Price | null;
  /** Null without an approved price on both days. */
  readonly value: ValueLine | null;
}

/** 自然资源资产负债表: opening + increase − decrease = closing, physical and, where prices were approved, in money. */
@Injectable()
export class BalanceSheet {
  constructor(
    private readonly land: LandStore,
    private readonly figures: FigureStore,
  ) {}

  async tables(place: Place, from: Day, day: Day): Promise<{ tables: ReportTable[]; illustrative: boolean }> {
    const [opening, closing, moves] = await Promise.all([
      this.end(place, from),
      this.end(place, day),
      this.land.between(place, from, day),
    ]);
    const lines = balancesOf(opening, closing, moves);
    const { illustrative } = stockOf(closing.cells, closing.volumes, closing.figures);
    return {
      illustrative,
      tables: [
        lineTable(
          { name: 'area', zh: '实物量：面积', en: 'Physical: area' },
          'mu',
          lines,
          ({ area }) => area,
        ),
        landChangeTable(changesOf(opening.cells, moves)),
        lineTable(
          { name: 'volume', zh: '实物量：蓄积', en: 'Physical: volume' },
          'm3',
          lines,
          ({ volume }) => volume,
        ),
        lineTable(
          { name: 'stock', zh: '实物量：碳储量', en: 'Physical: carbon stock' },
          't',
          lines,
          ({ stock }) => stock,
        ),
        valueTable(lines),
      ],
    };
  }

  private async end(place: Place, day: Day): Promise<End> {
    const [cells, volumes, figures, prices] = await Promise.all([
      this.land.on(place, day),
      this.land.volumes(place, day),
      this.figures.forStock(place.book, day),
      this.figures.prices(place.book, 'stock-price', day),
    ]);
    return { cells, volumes, figures, prices };
  }
}

function balancesOf(opening: End, closing: End, moves: readonly LandMove[]): ClassBalance[] {
  const names = [...opening.cells, ...closing.cells].filter(isLand).map(({ forestClass }) => forestClass);
  return [...new Set(names)].sort().map((forestClass) => {
    const is = (one: { readonly forestClass: string | null }): boolean => one.forestClass === forestClass;
    const [before, after] = [ofClass(opening, is), ofClass(closing, is)];
    const [change] = changesOf(opening.cells.filter(is), moves.filter(is));
    const area = balanced(before.areaMu100, after.areaMu100, [
      ...(change?.increases ?? []).map(({ areaMu100 }) => areaMu100),
      ...(change?.decreases ?? []).map(({ areaMu100 }) => -areaMu100),
    ]);
    const causes = stockChanges(moves.filter(is), closing.figures.densities).map(({ grams }) => grams);
    const stock = balanced(before.grams, after.grams, causes);
    const [old, price] = [opening.prices.find(is), closing.prices.find(is)];
    return {
      ...{ forestClass, area, stock },
      volume: balanced(before.volumeDm3, after.volumeDm3, []),
      price: price ?? null,
      value: valued(price?.unit === 'fen-per-t' ? stock : area, old && price && sameUnit(old, price), price),
    };
  });
}

/** A price by the mu and one by the tonne cannot be set against each other. */
const sameUnit = (old: Price, price: Price): Price | undefined => (old.unit === price.unit ? old : undefined);

function ofClass(end: End, is: (one: { readonly forestClass: string | null }) => boolean) {
  const volumes = end.volumes.filter(is);
  const cells = end.cells.filter(is).filter(isLand);
  return {
    areaMu100: cells.reduce((sum, { areaMu100 }) => sum + areaMu100, 0n),
    volumeDm3: volumes.reduce((sum, { volumeDm3 }) => sum + volumeDm3, 0n),
    grams: stockOf(cells, volumes, end.figures).grams,
  };
}

const UNIT_WORDS: Readonly<Partial<Record<ReportUnit, readonly [string, string]>>> = {
  mu: ['亩', 'mu'],
  m3: ['立方米', 'm³'],
  t: ['吨CO₂e', 't CO2e'],
  yuan: ['元', 'yuan'],
};

const amount = (zh: string, en: string, unit: ReportUnit) => {
  const [unitZh = '', unitEn = ''] = UNIT_WORDS[unit] ?? [];
  return column(`${zh}（${unitZh}）`, `${en} (${unitEn})`, unit);
};

const lineTable = (
  text: TableText,
  unit: ReportUnit,
  lines: readonly ClassBalance[],
  lineOf: (one: ClassBalance) => BalanceLine,
): ReportTable =>
  tableOf(
    text,
    [
      column('类型', 'Class', 'text'),
      amount('期初', 'Opening', unit),
      amount('增加', 'Increase', unit),
      amount('减少', 'Decrease', unit),
      amount('期末', 'Closing', unit),
      amount('差额', 'Difference', unit),
    ],
    lines.map((one): Cell[] => {
      const line = lineOf(one);
      return [
        wordOf(CLASSES, one.forestClass),
        ...[line.opening, line.increase, line.decrease, line.closing, differenceOf(line)],
      ];
    }),
  );

const valueTable = (lines: readonly ClassBalance[]): ReportTable =>
  tableOf(
    { name: 'value', zh: '价值量', en: 'Value' },
    [
      column('类型', 'Class', 'text'),
      column('单价来源', 'Source of the price', 'text'),
      amount('期初', 'Opening', 'yuan'),
      amount('增加', 'Increase', 'yuan'),
      amount('减少', 'Decrease', 'yuan'),
      amount('重估', 'Revaluation', 'yuan'),
      amount('期末', 'Closing', 'yuan'),
    ],
    lines.map(({ forestClass, price, value }): Cell[] => [
      wordOf(CLASSES, forestClass),
      price && value ? price.source : null,
      ...(value
        ? [value.opening, value.increase, value.decrease, value.revaluation, value.closing]
        : [null, null, null, null, null]),
    ]),
  );
