import { createHash } from 'node:crypto';

/** `1234567` at scale 2 is `12345.67`; a scale of 0 has no point. */
export function decimalOf(amount: bigint, scale: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`;
  return amount < 0n ? `-${text}` : text;
}

/**
 * Letters and digits of every script and a few marks stand for themselves; all else is written as the percent signs
 * of its UTF-8 bytes, because one tool or another reads a meaning into it. `decodeURIComponent` gives it back.
 */
export const plainText = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{N}._/〔〕（）-]/gu, (mark) =>
    [...Buffer.from(mark)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

/** hledger and ledger: segments are joined by colons. */
export const colonPath = (path: string): string => path.replaceAll('/', ':');
export const pathOfColon = (name: string): string => name.replaceAll(':', '/');

/** hledger and ledger: what is not of letters only stands in quotes. */
export const quotedCommodity = (asset: string): string => (/^[A-Z]+$/.test(asset) ? asset : `"${asset}"`);

const ROOTS = { 1: 'Assets', [-1]: 'Liabilities' } as const;

/**
 * beancount: one of its roots by the side of the account, then each segment with its first letter as a capital. A
 * segment that begins with a hyphen gets `XN` before it: two capitals begin no other. What is asserted of an account
 * holds for all under it too, so an account that others lie under gets a last segment of its own, `XO`.
 */
export function beancountAccount(path: string, side: 1 | -1, isParent: boolean): string {
  return [ROOTS[side], ...path.split('/').map(capitalised), ...(isParent ? [OWN] : [])].join(':');
}

export const pathOfBeancount = (name: string): string =>
  name
    .split(':')
    .slice(1)
    .filter((segment) => segment !== OWN)
    .map(uncapitalised)
    .join('/');

const OWN = 'XO';

const capitalised = (segment: string): string =>
  segment.startsWith('-') ? `XN${segment}` : segment.charAt(0).toUpperCase() + segment.slice(1);

const uncapitalised = (segment: string): string =>
  segment.startsWith('XN') ? segment.slice(2) : segment.charAt(0).toLowerCase() + segment.slice(1);

const CURRENCY = /^[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]$/;

/**
 * beancount: at most 24 capitals, digits and marks. The slash of a code becomes an underscore and its letters
 * capitals; a code too long or ending in a mark gets a name of its digest. The journal's `commodity` lines say the code.
 */
export function beancountCommodity(asset: string): string {
  const name = asset.replace('/', '_').toUpperCase();
  if (CURRENCY.test(name)) return name;
  return `ASSET'${createHash('sha256').update(asset).digest('hex').slice(0, 16).toUpperCase()}`;
}
