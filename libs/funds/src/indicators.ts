import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Ledger } from '@app/ledger';
import { Database } from '@app/platform';
import { INDICATOR_COLUMNS, toIndicator, type Indicator, type IndicatorRow } from './indicator.store';

/** Where an indicator's authority stands, in fen: `allotted` is the sum of the other eight at every instant. */
export interface IndicatorFigures {
  /** 额度 */
  readonly allottedFen: bigint;
  /** 可用 */
  readonly availableFen: bigint;
  /** 已挂接未锁定 */
  readonly reservedFen: bigint;
  /** 待发 */
  readonly pendingFen: bigint;
  /** 在途 */
  readonly inTransitFen: bigint;
  /** 退回待处理 */
  readonly returnedFen: bigint;
  /** 停发 */
  readonly stoppedFen: bigint;
  /** 已发 */
  readonly paidFen: bigint;
  /** 已收回 */
  readonly recoveredFen: bigint;
}

export interface IndicatorView extends Indicator, IndicatorFigures {}

/** Which ledger accounts each figure sums. */
const HEADS = {
  allottedFen: 'allotted',
  availableFen: 'fund',
  reservedFen: 'reserved',
  pendingFen: 'payable',
  inTransitFen: 'in-transit',
  returnedFen: 'returned',
  stoppedFen: 'stopped',
  paidFen: 'paid',
  recoveredFen: 'recovered',
} as const satisfies Record<keyof IndicatorFigures, string>;

const FIGURES = Object.keys(HEADS) as (keyof IndicatorFigures)[];

/** Reads of indicators. Every figure is a sum of the ledger; none is kept beside it. */
@Injectable()
export class Indicators {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
  ) {}

  /** All indicators of the book, newest year first. */
  async list(book: number): Promise<IndicatorView[]> {
    const rows = await this.database.query<IndicatorRow>(
      `SELECT ${INDICATOR_COLUMNS} FROM funds.indicator WHERE book = $1 ORDER BY year DESC, doc_no, project_code`,
      [book],
    );
    return this.withFigures(book, rows.map(toIndicator));
  }

  async byId(book: number, id: string): Promise<IndicatorView | undefined> {
    const rows = await this.database.query<IndicatorRow>(
      `SELECT ${INDICATOR_COLUMNS} FROM funds.indicator WHERE book = $1 AND id = $2`,
      [book, id],
    );
    return (await this.withFigures(book, rows.map(toIndicator)))[0];
  }

  private async withFigures(book: number, indicators: readonly Indicator[]): Promise<IndicatorView[]> {
    if (indicators.length === 0) return [];
    const heads = indicators.flatMap(({ id }) => FIGURES.map((figure) => `${HEADS[figure]}/${id}`));
    const sums = await this.ledger.sums(book, heads);
    return indicators.map((indicator) => {
      const figures = FIGURES.map((figure) => {
        const sum = sums.get(`${HEADS[figure]}/${indicator.id}`);
        return [figure, present(sum, 'every head asked for has a sum')] as const;
      });
      return { ...indicator, ...(Object.fromEntries(figures) as Record<keyof IndicatorFigures, bigint>) };
    });
  }
}
