import { randomBytes } from 'node:crypto';

/** Crockford's alphabet: no I, L, O, U, so that a number read from paper has one reading. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The check character is reckoned over these, as ISO 7064 MOD 37-2 wants it. */
const ALL = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
const MODULUS = ALL.length;
const PREFIX = 'TH';
/** 80 random bits: nobody finds a number by trying. */
const BODY_LENGTH = 16;
const STORED = /^TH[0-9A-HJKMNP-TV-Z]{17}$/;

/** ISO 7064 MOD 37-2: sees every single wrong character and every swap of two neighbours. */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const character of body) sum = ((sum + ALL.indexOf(character)) * 2) % MODULUS;
  return ALL[(MODULUS + 1 - sum) % MODULUS]!;
}

/** A new number, as it is stored: TH, 16 random characters, one check character. */
export function newCertificateNumber(): string {
  for (;;) {
    const body = PREFIX + [...randomBytes(BODY_LENGTH)].map((byte) => DIGITS[byte % 32]!).join('');
    const check = checkCharacter(body);
    // A check character outside the alphabet would break the one reading: draw again.
    if (DIGITS.includes(check)) return body + check;
  }
}

/** TH-XXXX-XXXX-XXXX-XXXX-C, for reading and printing. */
export const printCertificateNumber = (number: string): string =>
  [PREFIX, ...(number.slice(PREFIX.length, -1).match(/.{4}/g) ?? []), number.slice(-1)].join('-');

/** The stored form of what somebody typed, or undefined when it cannot be a number: wrong signs or check. */
export function readCertificateNumber(text: string): string | undefined {
  const number = text
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/(?<=^TH.*)[IL]/g, '1')
    .replace(/(?<=^TH.*)O/g, '0');
  if (!STORED.test(number)) return undefined;
  return checkCharacter(number.slice(0, -1)) === number.slice(-1) ? number : undefined;
}
