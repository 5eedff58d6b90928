import type { Tx } from '@app/platform';
import type { Region } from '@app/regions';
import type { Reader } from './cell.rules';
import type { ImportTable } from './read-table';
import type { ImportSummary } from './summary.rules';

export const IMPORT_KINDS = ['parties', 'parcels', 'rights', 'consents'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Where the rows of a file may lie. */
export interface ImportScope {
  /** Region code of the book. */
  readonly bookRegion: string;
  /** Region codes whose land and people the importing person may enter, those below included. */
  readonly regions: readonly string[];
}

/** What rows are checked against besides the book. */
export interface ImportFacts {
  readonly scope: ImportScope;
  /** Those regions of the file that exist, by code. */
  readonly regions: ReadonlyMap<string, Region>;
}

/** The checked rows of a file. */
export interface PreparedRows {
  /** What loading them does to the book, for a person to read. */
  summary(): ImportSummary;
  /** Writes them. May still note errors when another transaction came first. */
  write(importId: string): Promise<void>;
}

/** What one kind of file has and how it is checked and written. */
export interface ImportLoader {
  /** By column, in the order of the file; one that it may leave out is named in `optional` too. */
  readonly columns: Readonly<Record<string, Reader<unknown>>>;
  readonly optional?: readonly string[];
  /** The column with region codes, when there is one. */
  readonly regionColumn?: string;
  /** Checks all rows, noting what is wrong in `file.errors`. Writes nothing yet. */
  prepare(tx: Tx, file: ImportTable, facts: ImportFacts): Promise<PreparedRows>;
}
