import type { Tx } from '@app/platform';
import type { Region } from '@app/regions';
import type { CsvFile } from './csv-file';

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

/** Writes the checked rows. May still note errors when another transaction came first. */
export type WriteRows = (importId: string) => Promise<void>;

/** What one kind of file has and how it is checked and written. */
export interface ImportLoader {
  readonly columns: readonly string[];
  /** Columns that a file may have after those, in this order, each or none. */
  readonly optional?: readonly string[];
  /** The column with region codes, when there is one. */
  readonly regionColumn?: string;
  /** Checks all rows, noting what is wrong in `file.errors`. Writes nothing: the returned function does. */
  prepare(tx: Tx, file: CsvFile, facts: ImportFacts): Promise<WriteRows>;
}
