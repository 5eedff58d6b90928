/** Where an indicator's authority stands, in fen: `allotted` is the sum of the others at every instant. */
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

/** Which ledger accounts each figure sums: kinds of accounts, followed by the indicator. */
export const HEADS = {
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

export const FIGURES = Object.keys(HEADS) as (keyof IndicatorFigures)[];

const figuresOf = (valueOf: (figure: keyof IndicatorFigures) => bigint): IndicatorFigures =>
  Object.fromEntries(FIGURES.map((figure) => [figure, valueOf(figure)])) as Record<
    keyof IndicatorFigures,
    bigint
  >;

export const NO_FIGURES = figuresOf(() => 0n);

export const sumFigures = (sum: IndicatorFigures, more: IndicatorFigures): IndicatorFigures =>
  figuresOf((figure) => sum[figure] + more[figure]);
