import { invariant, parseCount } from '@app/kernel';
import type { Grade } from '../grade';

/** What makes an issuance one of its own. */
export interface IssuanceName {
  /** Nine digits. */
  readonly township: string;
  readonly year: number;
  readonly grade: Grade;
  /** 1 for the first issuance of the township, year and grade. */
  readonly supplement: number;
}

/** `610924100-2025-g1`, the first supplement after it `610924100-2025-g1s2`: lower case, as paths want it. */
export function issuanceCode({ township, year, grade, supplement }: IssuanceName): string {
  invariant(/^\d{9}$/.test(township), 'an issuance is of a township, nine digits');
  return `${township}-${year}-${grade.toLowerCase()}${supplement > 1 ? `s${supplement}` : ''}`;
}

/** Serials of one issuance, first and last inside. */
export interface SerialRange {
  /** Code of the issuance. */
  readonly code: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** `610924100-2025-G1-1-3000`: one gram has a number, and a run of them is written by its two ends. */
export const formatSerials = ({ code, first, last }: SerialRange): string =>
  `${code.toUpperCase()}-${first}-${last}`;

const WRITTEN = /^(\d{9}-\d{4}-G[0-3](?:S\d{1,3})?)-(\d{1,18})(?:-(\d{1,18}))?$/;
/** What people and their phones write for the dash: long dashes, minus signs, tildes, 至, colons, blanks. */
const DASHES = /\s*[-‐-―−~〜～至:：_/]+\s*|\s+/g;
const NO_PART_OF_IT = /^(?:编号|SERIAL|NO\.?|#|CO2E)+[\s:/]*/;
const MARKS_BETWEEN_DIGITS = /(?<=\d)[,，](?=\d{3})/g;

/** What such a text looks like, for the refusal. */
export const SERIAL_EXAMPLE = '610924100-2025-G1-1-3000';

/**
 * Reads a run of serials or a single one, as it is printed or as somebody typed it: small letters, wide digits, other
 * dashes, blanks, thousands marks. Undefined when it is neither, or ends before it begins.
 */
export function parseSerials(text: string): SerialRange | undefined {
  const typed = text.normalize('NFKC').trim().toUpperCase();
  const match = WRITTEN.exec(
    typed.replace(NO_PART_OF_IT, '').replace(MARKS_BETWEEN_DIGITS, '').replace(DASHES, '-'),
  );
  if (!match) return undefined;
  const [, code = '', firstText = '', lastText = firstText] = match;
  const first = parseCount(firstText);
  const last = parseCount(lastText);
  if (first === undefined || last === undefined || first === 0n || last < first) return undefined;
  return { code: code.toLowerCase(), first, last };
}
