import { Injectable } from '@nestjs/common';

import { newId, ok, refuse, type Result } from '@app/kernel';
import { Statistics, UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import { Regions, type Region } from '@app/regions';
import { ConsentsLoader } from './consents.loader';
import { wordsOf } from './column.words';
import type { ImportError, ImportErrorCode } from './import-error';
import type { ImportFacts, ImportKind, ImportLoader, ImportScope } from './import-kind';
import { ImportStore } from './import.store';
import { ParcelsLoader } from './parcels.loader';
import { PartiesLoader } from './parties.loader';
import { distinct } from './read-rows';
import { readTable, type ImportTable } from './read-table';
import { RightsLoader } from './rights.loader';
import type { ImportSummary } from './summary.rules';
import { TableColumns } from './table-header';

export interface ImportCommand extends ImportScope {
  readonly kind: ImportKind;
  /** The file as it came. */
  readonly bytes: Buffer;
  /** Checks everything and loads nothing. */
  readonly dryRun: boolean;
}

export interface Imported {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly kind: ImportKind;
  readonly rows: number;
  readonly sha256: string;
  readonly format: ImportTable['format'];
  /** Of a CSV file: GB18030 is read too. */
  readonly encoding: ImportTable['encoding'];
  readonly dryRun: boolean;
  /** What it does to the book, or would do, for a person to read. */
  readonly summary: ImportSummary;
}

export type ImportRefusal =
  | {
      readonly code: 'IMPORT_REFUSED';
      readonly kind: ImportKind;
      readonly total: number;
      /** How many of each code, the most frequent first. */
      readonly codes: readonly { readonly code: ImportErrorCode; readonly rows: number }[];
      /** The first 200 by row. */
      readonly errors: readonly ImportError[];
      /** What the rows without a fault would do. */
      readonly summary: ImportSummary;
    }
  | {
      readonly code: 'IMPORT_REPEATED';
      readonly kind: ImportKind;
      readonly importId: string;
      readonly rows: number;
      readonly importedAt: Date;
    };

/** Loads a workbook or a CSV file: all rows are checked first, and nothing loads when one fails. */
@Injectable()
export class ImportFile {
  readonly #loaders: Readonly<Record<ImportKind, ImportLoader>>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ImportStore,
    private readonly regions: Regions,
    private readonly statistics: Statistics,
    parties: PartiesLoader,
    parcels: ParcelsLoader,
    rights: RightsLoader,
    consents: ConsentsLoader,
  ) {
    this.#loaders = { parties, parcels, rights, consents };
  }

  /**
   * Refuses IMPORT_REPEATED when these bytes were loaded before (a file is its own key, and the answer names the
   * import it became), IMPORT_REFUSED with what to mend. Opens its own unit of work, after the file is parsed.
   */
  async execute(context: WorkContext, command: ImportCommand): Promise<Result<Imported, ImportRefusal>> {
    const loader = this.#loaders[command.kind];
    const read = (): Promise<ImportTable> => readTable(command.bytes, columnsOf(command.kind, loader));
    let parsed: ImportTable | undefined = await read();
    // Read before the transaction: importers that wait in line must not hold connections this one needs.
    const regions = await this.regionsOf(parsed, loader);
    const imported = await this.unitOfWork.run(context, async (tx) => {
      // A second attempt after a deadlock starts from the bytes: the first one's notes belong to it.
      const file = parsed ?? (await read());
      parsed = undefined;
      return this.load(tx, command, { loader, file, regions });
    });
    if (imported.ok && !command.dryRun) await this.statistics.refresh('registry');
    return imported;
  }

  private regionsOf(file: ImportTable, loader: ImportLoader): Promise<ReadonlyMap<string, Region>> {
    const index =
      loader.regionColumn === undefined ? -1 : Object.keys(loader.columns).indexOf(loader.regionColumn);
    return this.regions.byCodes(index < 0 ? [] : distinct(file.rows.map(({ cells }) => cells[index])));
  }

  private async load(
    tx: Tx,
    command: ImportCommand,
    { loader, file, regions }: { loader: ImportLoader; file: ImportTable; regions: ImportFacts['regions'] },
  ): Promise<Result<Imported, ImportRefusal>> {
    const { kind, dryRun } = command;
    const { sha256 } = file;
    await this.store.lockBook(tx);
    const earlier = await this.store.find(tx, kind, sha256);
    if (earlier) {
      const { id: importId, rows, importedAt } = earlier;
      return refuse({ code: 'IMPORT_REPEATED', kind, importId, rows, importedAt });
    }
    const prepared = await loader.prepare(tx, file, { scope: command, regions });
    const id = newId();
    const rows = file.rows.length;
    if (file.errors.total === 0 && !dryRun) {
      const recorded = { importedBy: tx.context.actor, importedAt: tx.now };
      await this.store.insert(tx, { id, kind, sha256, rows, ...recorded });
      await prepared.write(id);
    }
    const { total, codes, first: errors } = file.errors;
    const summary = prepared.summary();
    // The writing may have found faults too: what it wrote is then taken back.
    if (total > 0) return refuse({ code: 'IMPORT_REFUSED', kind, total, codes, errors, summary });
    const { format, encoding } = file;
    const digest = dryRun ? null : await this.store.close(tx, id);
    tx.audit({ import: dryRun ? null : id, kind, sha256, rows, format, dryRun, digest });
    return ok({ id: dryRun ? null : id, kind, rows, sha256, format, encoding, dryRun, summary });
  }
}

const columnsOf = (kind: ImportKind, { columns, optional = [] }: ImportLoader): TableColumns =>
  new TableColumns(Object.keys(columns), optional, (column) => wordsOf(kind, column).heading);
