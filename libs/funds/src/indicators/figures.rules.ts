/** Where an indicator's authority stands, in fen: `allotted` is the sum of the others at every instant. */
export interface IndicatorFigures {
  /** 额度: allotted, or come from another book */
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
  /** 拨付外地: left for another book by an agreement */
  readonly remittedFen: bigint;
}

/** Which ledger accounts each figure sums: kinds of accounts, followed by the indicator. */
export const HEADS = {
  allottedFen: ['allotted', 'clearing-in'],
  availableFen: ['fund'],
  reservedFen: ['reserved'],
  pendingFen: ['payable'],
  inTransitFen: ['in-transit'],
  returnedFen: ['returned'],
  stoppedFen: ['stopped'],
  paidFen: ['paid'],
  recoveredFen: ['recovered'],
  remittedFen: ['clearing-out'],
} as const satisfies Record<keyof IndicatorFigures, readonly string[]>;

export const FIGURES = Object.keys(HEADS) as (keyof IndicatorFigures)[];

const figuresOf = (valueOf: (figure: keyof IndicatorFigures) => bigint): IndicatorFigures =>
  Object.fromEntries(FIGURES.map((figure) => [figure, valueOf(figure)])) as Record<
    keyof IndicatorFigures,
    bigint
  >;

export const NO_FIGURES = figuresOf(() => 0n);

export const sumFigures = (sum: IndicatorFigures, more: IndicatorFigures): IndicatorFigures =>
  figuresOf((figure) => sum[figure] + more[figure]);
