/** 612401199001011234 → 612401********1234. Short texts are hidden whole. */
export const maskIdNumber = (text: string): string =>
  text.length < 15
    ? '*'.repeat(text.length)
    : text.slice(0, 6) + '*'.repeat(text.length - 10) + text.slice(-4);

/** 13812345678 → 138****5678. */
export const maskPhone = (text: string): string =>
  text.length < 11 ? '*'.repeat(text.length) : text.slice(0, 3) + '****' + text.slice(-4);

/** Only the last four digits of a bank account are ever shown. */
export const maskAccount = (text: string): string =>
  text.length < 8 ? '*'.repeat(text.length) : '**** ' + text.slice(-4);

/** A run of digits that could be somebody's phone, ID or bank account, however it is spaced. */
const SOMEBODYS_NUMBER = /\d(?:[\s-]?\d){10,}/;

/** Full-width digits (１２３) count as what they are. */
export const holdsSomebodysNumber = (text: string): boolean => SOMEBODYS_NUMBER.test(text.normalize('NFKC'));

const LONG_NUMBERS = /(?<!\d)(?:\d{17}[\dX]|1[3-9]\d{9})(?!\d)/gi;
const PHONE_LENGTH = 11;

/** Region, day of birth, order, and ISO 7064 MOD 11-2 over all: the last alone would hold for one code in eleven. */
const BORN = /^\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/;
const isIdNumber = (text: string): boolean =>
  BORN.test(text) &&
  [...text].reduce((sum, sign) => (sum * 2 + (sign === 'X' ? 10 : Number(sign))) % 11, 0) === 1;

/** For codes and references: long digits are ordinary in them, an ID number or a mobile phone is not. */
export const holdsIdOrPhone = (text: string): boolean =>
  (text.normalize('NFKC').toUpperCase().match(LONG_NUMBERS) ?? []).some(
    (number) => number.length === PHONE_LENGTH || isIdNumber(number),
  );
