import { formatUnits, YUAN } from '@app/kernel';
import type { Language } from '../rosters/amount.rules';

/** The figures of an entitlement as they are kept: counted integers and names, all as text. */
export type Figures = Readonly<Record<string, string>>;

/** Brackets as each language sets them. */
export const aside = (text: string, language: Language): string =>
  language === 'zh' ? `（${text}）` : ` (${text}) `;

/**
 * `… = 193.73 yuan`, and where the amount is not what the product rounds to, by how much: so that whoever multiplies
 * finds the same.
 */
export function sumOf(amountFen: bigint, productFen: bigint, language: Language): string {
  const yuan = language === 'zh' ? '元' : 'yuan';
  const difference = amountFen - productFen;
  const sign = difference > 0n ? '+' : '';
  const by = `${language === 'zh' ? '尾差' : 'remainder'} ${sign}${formatUnits(YUAN, difference)} ${yuan}`;
  const tail = difference === 0n ? '' : aside(by, language).trimEnd();
  return `= ${formatUnits(YUAN, amountFen)} ${yuan}${tail}`;
}
