/** How a cell shows its number. */
export type NumberForm = 'plain' | 'day' | 'percent';

/** The formats that every program knows by number; the rest are described in the styles. */
const DAYS = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47,
]);
const CHINESE_DAYS = [50, 51, 52, 53, 54, 55, 56, 57, 58];
for (const id of CHINESE_DAYS) DAYS.add(id);
const PERCENTS = new Set([9, 10]);

/** Texts, colours, conditions and escapes say nothing about what the number is. */
const DECORATION = /"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi;

/** The form of a cell whose format has this number and, if it is the workbook's own, this code. */
export function formOf(id: number, code: string | undefined): NumberForm {
  if (code === undefined) return DAYS.has(id) ? 'day' : PERCENTS.has(id) ? 'percent' : 'plain';
  const bare = code.replace(DECORATION, '').split(';')[0] ?? '';
  if (/general/i.test(bare)) return 'plain';
  if (/[ymdhs年月日]/i.test(bare)) return 'day';
  return bare.includes('%') ? 'percent' : 'plain';
}
