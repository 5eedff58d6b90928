import { invariant } from '@app/kernel';

/** A place in a statement: between pages nothing moves, because the account's version at the first page is kept. */
export interface StatementCursor {
  /** Towards the end of the order asked for, or back. */
  readonly way: 'next' | 'previous';
  /** How many postings the account had when the first page was read: later ones are not part of this statement. */
  readonly upto: bigint;
  /** Effective time of the line, in microseconds; null in the recorded order. */
  readonly effective: bigint | null;
  readonly version: bigint;
}

/** What a cursor looks like from outside: `n120.37`, `p120.1767225600000000.37`. */
export const STATEMENT_CURSOR = /^([np])(\d{1,19})(?:\.(-?\d{1,19}))?\.(\d{1,19})$/;

export const cursorText = ({ way, upto, effective, version }: StatementCursor): string =>
  [`${way === 'next' ? 'n' : 'p'}${upto}`, ...(effective === null ? [] : [effective]), version].join('.');

export function cursorOf(text: string): StatementCursor {
  const parts = STATEMENT_CURSOR.exec(text);
  invariant(parts?.[2] !== undefined && parts[4] !== undefined, 'a cursor of a statement');
  return {
    way: parts[1] === 'n' ? 'next' : 'previous',
    upto: BigInt(parts[2]),
    effective: parts[3] === undefined ? null : BigInt(parts[3]),
    version: BigInt(parts[4]),
  };
}
