import { Injectable } from '@nestjs/common';

import { formatUnits, YUAN, type Day } from '@app/kernel';
import { Database, writeWorkbook, type SheetColumn } from '@app/platform';
import { SOURCE_KIND_ZH } from '../indicators/indicator.words';
import { Indicators } from '../indicators/indicators';
import { FundSourceStore } from '../sources/fund-source.store';
import { DayLimitStore, type DayLimit } from './day-limit.store';
import { idleOn, type IdleIndicator } from './idle.rules';

export interface IdleList {
  /** By the book's clock. */
  readonly day: Day;
  readonly limit: DayLimit | null;
  readonly items: readonly IdleIndicator[];
}

const COLUMNS: readonly SheetColumn[] = [
  { heading: '指标文号', width: 28 },
  { heading: '年度', width: 8 },
  { heading: '来源', width: 12 },
  { heading: '资金来源', width: 20 },
  { heading: '项目代码', width: 20 },
  { heading: '预算单位', width: 20 },
  { heading: '到县日期', width: 12, form: 'day' },
  { heading: '闲置天数', width: 10, form: 'number' },
  { heading: '超过规定', width: 10 },
  { heading: '额度（元）', width: 18, form: 'hundredths' },
  { heading: '可用（元）', width: 18, form: 'hundredths' },
];

/** Money that lies idle (闲置资金): days since it reached the county, and what is still available of it. */
@Injectable()
export class IdleFunds {
  constructor(
    private readonly database: Database,
    private readonly indicators: Indicators,
    private readonly limits: DayLimitStore,
    private readonly sources: FundSourceStore,
  ) {}

  async on(book: number, day: Day): Promise<IdleList> {
    const limit = await this.limits.onDay(this.database, book, 'idle', day);
    return { day, limit: limit ?? null, items: idleOn(day, await this.indicators.every(book), limit?.days) };
  }

  /** The same list for a spreadsheet. */
  async workbook(book: number, day: Day): Promise<AsyncGenerator<Buffer>> {
    const { items } = await this.on(book, day);
    const names = new Map(
      (await this.sources.list(this.database, book, day)).map(({ code, nameZh }) => [code, nameZh]),
    );
    const rows = items.map((item) => [
      ...[item.docNo, String(item.year), SOURCE_KIND_ZH[item.sourceKind]],
      ...[names.get(item.fundSource) ?? item.fundSource, item.projectCode, item.budgetUnit, item.arrivedOn],
      ...[String(item.idleDays), item.overLimit ? '是' : '否'],
      ...[formatUnits(YUAN, item.allottedFen), formatUnits(YUAN, item.availableFen)],
    ]);
    return writeWorkbook([{ name: '闲置资金', columns: COLUMNS, rows: [rows] }]);
  }
}
