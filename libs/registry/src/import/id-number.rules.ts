import { isDay } from '@app/kernel';

const RESIDENT = /^[1-9]\d{16}[\dX]$/;
const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECK = '10X98765432';

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type NumberFault = 'malformed' | 'checksum';

/** A resident's number (居民身份证号, GB 11643): 18 places, a real birthday, MOD 11-2. Undefined when it is right. */
export function residentNumberFault(text: string): NumberFault | undefined {
  if (!RESIDENT.test(text)) return 'malformed';
  if (!isDay(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)) return 'malformed';
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return RESIDENT_CHECK[sum % 11] === text[17] ? undefined : 'checksum';
}

/** An organisation's number (统一社会信用代码, GB 32100): 18 places, MOD 31. Undefined when it is right. */
export function creditCodeFault(text: string): NumberFault | undefined {
  if (!CREDIT.test(text)) return 'malformed';
  const sum = CREDIT_WEIGHTS.reduce(
    (total, weight, index) => total + weight * CREDIT_ALPHABET.indexOf(text[index]!),
    0,
  );
  return CREDIT_ALPHABET[(31 - (sum % 31)) % 31] === text[17] ? undefined : 'checksum';
}
