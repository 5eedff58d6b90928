import { divideHalfUp, formatUnits, YUAN } from '@app/kernel';
import type { Figures } from '../entitlements/sentence.rules';
import { aside, sumOf } from '../entitlements/sentence.rules';
import type { Language } from '../rosters/amount.rules';

/** 管护劳务补助: a month's pay, by the days of the month that the contract held. */
export interface StipendFigures {
  readonly monthlyFen: bigint;
  readonly days: number;
  readonly daysInMonth: number;
  /** YYYY-MM. */
  readonly month: string;
}

export const reckonStipend = ({ monthlyFen, days, daysInMonth }: StipendFigures): bigint =>
  divideHalfUp(monthlyFen * BigInt(days), BigInt(daysInMonth));

/** `800.00 yuan × 15 ÷ 31 days (2026-05) = 387.10 yuan`. */
export function explainStipend(figures: StipendFigures, language: Language): string {
  const { monthlyFen, days, daysInMonth, month } = figures;
  const [yuan, day] = language === 'zh' ? ['元', '天'] : ['yuan', 'days'];
  const amount = reckonStipend(figures);
  const part = `${days} ÷ ${daysInMonth} ${day}${aside(month, language)}`;
  return `${formatUnits(YUAN, monthlyFen)} ${yuan} × ${part}${sumOf(amount, amount, language)}`;
}

export const writeStipend = (figures: StipendFigures): Figures => ({
  monthlyFen: String(figures.monthlyFen),
  days: String(figures.days),
  daysInMonth: String(figures.daysInMonth),
  month: figures.month,
});

export const readStipend = (figures: Figures): StipendFigures => ({
  monthlyFen: BigInt(figures.monthlyFen ?? 0),
  days: Number(figures.days),
  daysInMonth: Number(figures.daysInMonth),
  month: figures.month ?? '',
});
