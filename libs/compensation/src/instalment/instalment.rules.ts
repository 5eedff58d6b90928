import { divideHalfUp, formatUnits, MU, YUAN } from '@app/kernel';
import type { Figures } from '../entitlements/sentence.rules';
import { aside, sumOf } from '../entitlements/sentence.rules';
import type { Language } from '../rosters/amount.rules';

/** 退耕还林: what a mu pays in a year since planting. */
export interface InstalmentFigures {
  /** The accepted area. */
  readonly areaMu100: bigint;
  readonly fenPerMu: bigint;
  /** Which year since planting, from 1. */
  readonly yearNo: number;
}

export const reckonInstalment = ({ areaMu100, fenPerMu }: InstalmentFigures): bigint =>
  divideHalfUp(areaMu100 * fenPerMu, 100n);

/** `6.00 mu × 300.00 yuan (year 3) = 1800.00 yuan`. */
export function explainInstalment(figures: InstalmentFigures, language: Language): string {
  const { areaMu100, fenPerMu, yearNo } = figures;
  const [mu, yuan, year] =
    language === 'zh' ? ['亩', '元', `第${yearNo}年`] : ['mu', 'yuan', `year ${yearNo}`];
  const amount = reckonInstalment(figures);
  const rate = `${formatUnits(YUAN, fenPerMu)} ${yuan}${aside(year, language)}`;
  return `${formatUnits(MU, areaMu100)} ${mu} × ${rate}${sumOf(amount, amount, language)}`;
}

export const writeInstalment = (figures: InstalmentFigures): Figures => ({
  areaMu100: String(figures.areaMu100),
  fenPerMu: String(figures.fenPerMu),
  yearNo: String(figures.yearNo),
});

export const readInstalment = (figures: Figures): InstalmentFigures => ({
  areaMu100: BigInt(figures.areaMu100 ?? 0),
  fenPerMu: BigInt(figures.fenPerMu ?? 0),
  yearNo: Number(figures.yearNo),
});
