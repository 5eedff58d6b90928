import { divideHalfUp, formatUnits, splitByLargestRemainder, YUAN } from '@app/kernel';
import type { Figures } from '../entitlements/sentence.rules';
import { aside, sumOf } from '../entitlements/sentence.rules';
import { formatPpm, type Language } from '../rosters/amount.rules';

/** 折股量化分红: a holder's part of what is distributed. */
export interface DividendFigures {
  readonly poolFen: bigint;
  readonly shares: bigint;
  readonly totalShares: bigint;
  readonly amountFen: bigint;
}

/** 保底补足: what the operator owes where the dividend is below the floor. */
export interface TopUpFigures {
  /** What a share stands for. */
  readonly parFen: bigint;
  readonly shares: bigint;
  readonly floorPpm: bigint;
  readonly dividendFen: bigint;
}

const WHOLE_PPM = 1_000_000n;

/** Splits the distributable total over the register by largest remainder, ties to the earlier: to the last fen. */
export const reckonDividends = (poolFen: bigint, shares: readonly bigint[]): bigint[] =>
  splitByLargestRemainder(poolFen, shares);

/** What is owed up to the floor, above the dividend; 0 where that reaches it. */
export function reckonTopUp({ parFen, shares, floorPpm, dividendFen }: TopUpFigures): bigint {
  const floorFen = divideHalfUp(parFen * shares * floorPpm, WHOLE_PPM);
  return floorFen > dividendFen ? floorFen - dividendFen : 0n;
}

/** `12000.00 yuan × 30 ÷ 1000 shares = 360.00 yuan`. */
export function explainDividend(figures: DividendFigures, language: Language): string {
  const { poolFen, shares, totalShares, amountFen } = figures;
  const [yuan, share] = language === 'zh' ? ['元', '股'] : ['yuan', 'shares'];
  const product = divideHalfUp(poolFen * shares, totalShares);
  const part = `${shares} ÷ ${totalShares} ${share} `;
  return `${formatUnits(YUAN, poolFen)} ${yuan} × ${part}${sumOf(amountFen, product, language)}`;
}

/** `100.00 yuan × 30 shares × 0.05 (floor) − 100.00 yuan (dividend) = 50.00 yuan`. */
export function explainTopUp(figures: TopUpFigures, language: Language): string {
  const { parFen, shares, floorPpm, dividendFen } = figures;
  const [yuan, share, floor, dividend] =
    language === 'zh' ? ['元', '股', '保底', '已分红'] : ['yuan', 'shares', 'floor', 'dividend'];
  const amount = reckonTopUp(figures);
  const least = `${formatUnits(YUAN, parFen)} ${yuan} × ${shares} ${share} × ${formatPpm(floorPpm)}${aside(floor, language)}`;
  const less = `− ${formatUnits(YUAN, dividendFen)} ${yuan}${aside(dividend, language)}`;
  return `${least}${less}${sumOf(amount, amount, language)}`;
}

export const writeDividend = (figures: Omit<DividendFigures, 'amountFen'>): Figures => ({
  poolFen: String(figures.poolFen),
  shares: String(figures.shares),
  totalShares: String(figures.totalShares),
});

export const readDividend = (figures: Figures, amountFen: bigint): DividendFigures => ({
  poolFen: BigInt(figures.poolFen ?? 0),
  shares: BigInt(figures.shares ?? 0),
  totalShares: BigInt(figures.totalShares ?? 1),
  amountFen,
});

export const writeTopUp = (figures: TopUpFigures): Figures => ({
  parFen: String(figures.parFen),
  shares: String(figures.shares),
  floorPpm: String(figures.floorPpm),
  dividendFen: String(figures.dividendFen),
});

export const readTopUp = (figures: Figures): TopUpFigures => ({
  parFen: BigInt(figures.parFen ?? 0),
  shares: BigInt(figures.shares ?? 0),
  floorPpm: BigInt(figures.floorPpm ?? 0),
  dividendFen: BigInt(figures.dividendFen ?? 0),
});
