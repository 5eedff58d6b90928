import { createHash, type Hash } from 'node:crypto';

/** What an archive is called in its first line, with the version of its form. */
export const ARCHIVE = { archive: 'tanhui-ledger', version: 1 } as const;

/** A book as an archive names it: enough to open it somewhere else. */
export interface ArchivedBook {
  readonly code: string;
  readonly name: string;
  readonly mode: 'live' | 'rehearsal';
  readonly region: string;
  readonly clockAt: string | null;
  readonly openedAt: string;
}

/**
 * An archive is text, a JSON value a line: the head, sections with their lists, after every thousand lists a check,
 * and an end. A check is the SHA-256 of the check before and of the lines since: no line can be changed, left out,
 * added or moved without one of them telling where.
 */
export type ArchiveLine =
  | { readonly archive: string; readonly version: number; readonly book: ArchivedBook }
  | { readonly section: string }
  | { readonly check: string }
  | { readonly end: string }
  | readonly unknown[];

export const CHECK_EVERY = 1_000;

/** Checks as they are made and as they are compared. */
export class Checks {
  #hash: Hash = createHash('sha256');

  add(line: string | Uint8Array): void {
    this.#hash.update(line).update('\n');
  }

  /** The check over all lines since the last one; the next one builds on it. */
  next(): string {
    const check = this.#hash.digest('hex');
    this.#hash = createHash('sha256').update(check);
    return check;
  }
}
