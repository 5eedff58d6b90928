import { randomBytes } from 'node:crypto';

/** Crockford's alphabet: no I, L, O, U, so that a number read from paper has one reading. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The check character is reckoned over these, as ISO 7064 MOD 37-2 wants it. */
const ALL = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
const MODULUS = ALL.length;
/** 80 random bits: nobody finds a number by trying. */
const BODY_LENGTH = 16;

/** ISO 7064 MOD 37-2: sees every single wrong character and every swap of two neighbours. */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const character of body) sum = ((sum + ALL.indexOf(character)) * 2) % MODULUS;
  return ALL[(MODULUS + 1 - sum) % MODULUS]!;
}

/** Numbers of one kind of printed document, told by their first two letters. */
export interface PrintedNumbers {
  /** A new number, as it is stored: the letters, 16 random characters, one check character. */
  create(): string;
  /** TH-XXXX-XXXX-XXXX-XXXX-C, for reading and printing. */
  print(number: string): string;
  /** The stored form of what somebody typed, or undefined when it cannot be a number: wrong signs or check. */
  read(text: string): string | undefined;
}

export function printedNumbers(prefix: string): PrintedNumbers {
  const stored = new RegExp(`^${prefix}[0-9A-HJKMNP-TV-Z]{${BODY_LENGTH + 1}}$`);
  return {
    create() {
      for (;;) {
        const body = prefix + [...randomBytes(BODY_LENGTH)].map((byte) => DIGITS[byte % 32]!).join('');
        const check = checkCharacter(body);
        // A check character outside the alphabet would break the one reading: draw again.
        if (DIGITS.includes(check)) return body + check;
      }
    },
    print: (number) =>
      [prefix, ...(number.slice(prefix.length, -1).match(/.{4}/g) ?? []), number.slice(-1)].join('-'),
    read(text) {
      const typed = text.toUpperCase().replace(/[\s-]/g, '');
      if (!typed.startsWith(prefix)) return undefined;
      const rest = typed.slice(prefix.length).replace(/[IL]/g, '1').replace(/O/g, '0');
      const number = prefix + rest;
      if (!stored.test(number)) return undefined;
      return checkCharacter(number.slice(0, -1)) === number.slice(-1) ? number : undefined;
    },
  };
}
