import { holdsIdOrPhone, isDay, refuse, type Day, type Refused } from '@app/kernel';

export interface NumberInText {
  readonly code: 'PERSONAL_NUMBER_IN_TEXT';
  readonly field: string;
  readonly expected: string;
}

/** A field of a request about funds that is not as it should be, and what would be right. */
export interface FundsFieldWrong {
  readonly code: 'FUNDS_FIELD_WRONG';
  readonly field: string;
  readonly expected: string;
}

export type TextRefusal = NumberInText | FundsFieldWrong;

const TEXT_MAX = 200;

/** The first of the texts that is empty, too long, or holds somebody's own number: they are kept in clear. */
export function wrongText(texts: Readonly<Record<string, string>>): Refused<TextRefusal> | undefined {
  for (const [field, text] of Object.entries(texts)) {
    if (text.trim() === '' || text.length > TEXT_MAX) {
      return refuse({ code: 'FUNDS_FIELD_WRONG', field, expected: `1 to ${TEXT_MAX} characters` });
    }
    if (holdsIdOrPhone(text)) {
      return refuse({
        code: 'PERSONAL_NUMBER_IN_TEXT',
        field,
        expected: 'a text without an ID number or phone',
      });
    }
  }
  return undefined;
}

const [DAY_LEAST, DAY_MOST] = ['1990-01-01', '2200-12-31'];

/** The first of the days that there is not. */
export function wrongDay(days: Readonly<Record<string, Day>>): Refused<FundsFieldWrong> | undefined {
  const field = Object.entries(days).find(([, day]) => !isDay(day) || day < DAY_LEAST || day > DAY_MOST)?.[0];
  if (field === undefined) return undefined;
  return refuse({ code: 'FUNDS_FIELD_WRONG', field, expected: `a day from ${DAY_LEAST} to ${DAY_MOST}` });
}
