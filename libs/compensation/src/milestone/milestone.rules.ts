import { divideHalfUp, formatUnits, MU, YUAN } from '@app/kernel';
import type { Figures } from '../entitlements/sentence.rules';
import { aside, sumOf } from '../entitlements/sentence.rules';
import { formatPpm, type Language } from '../rosters/amount.rules';

/** 造林补贴: the part that the county's pass pays, and the rest that the three-year acceptance pays. */
export interface MilestoneFigures {
  readonly areaMu100: bigint;
  readonly fenPerMu: bigint;
  readonly part: 1 | 2;
  /** This part's, in millionths of the whole. */
  readonly partPpm: bigint;
}

const WHOLE_PPM = 1_000_000n;

/** The second part is the whole less the first, so that of one area the two are the whole to the fen. */
export function reckonMilestone({ areaMu100, fenPerMu, part, partPpm }: MilestoneFigures): bigint {
  const whole = divideHalfUp(areaMu100 * fenPerMu, 100n);
  return part === 1
    ? divideHalfUp(whole * partPpm, WHOLE_PPM)
    : whole - divideHalfUp(whole * (WHOLE_PPM - partPpm), WHOLE_PPM);
}

const PARTS = {
  zh: { 1: '县级验收', 2: '三年保存验收' },
  en: { 1: 'county pass', 2: 'three-year acceptance' },
} as const;

/** `20.00 mu × 200.00 yuan × 0.50 (county pass) = 2000.00 yuan`. */
export function explainMilestone(figures: MilestoneFigures, language: Language): string {
  const { areaMu100, fenPerMu, part, partPpm } = figures;
  const [mu, yuan] = language === 'zh' ? ['亩', '元'] : ['mu', 'yuan'];
  const product = divideHalfUp(areaMu100 * fenPerMu * partPpm, 100n * WHOLE_PPM);
  const factors = `${formatUnits(MU, areaMu100)} ${mu} × ${formatUnits(YUAN, fenPerMu)} ${yuan} × ${formatPpm(partPpm)}`;
  return `${factors}${aside(PARTS[language][part], language)}${sumOf(reckonMilestone(figures), product, language)}`;
}

export const writeMilestone = (figures: MilestoneFigures): Figures => ({
  areaMu100: String(figures.areaMu100),
  fenPerMu: String(figures.fenPerMu),
  part: String(figures.part),
  partPpm: String(figures.partPpm),
});

export const readMilestone = (figures: Figures): MilestoneFigures => ({
  areaMu100: BigInt(figures.areaMu100 ?? 0),
  fenPerMu: BigInt(figures.fenPerMu ?? 0),
  part: figures.part === '2' ? 2 : 1,
  partPpm: BigInt(figures.partPpm ?? 0),
});
