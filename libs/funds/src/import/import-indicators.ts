import { Injectable } from '@nestjs/common';

import { dayOf, invariant, newId, ok, refuse, type Result } from '@app/kernel';
import { Ledger, type DomainLedger, type PostingRefusal } from '@app/ledger';
import { UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import {
  readRows,
  readTable,
  TableColumns,
  type ImportError,
  type ImportErrorCode,
  type ImportTable,
} from '@app/registry';
import { allotment } from '../indicators/allot-indicator';
import { IndicatorStore, type Indicator } from '../indicators/indicator.store';
import { FundSourceStore } from '../sources/fund-source.store';
import { checkRows, toDraft } from './check-rows';
import { COLUMN_WORDS, INDICATOR_FILE, OPTIONAL_COLUMNS, type IndicatorColumn } from './indicator-columns';
import { IndicatorImportStore } from './import.store';

export interface ImportedIndicators {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly rows: number;
  readonly totalFen: bigint;
  readonly sha256: string;
  readonly format: ImportTable['format'];
  readonly dryRun: boolean;
}

export type ImportIndicatorsRefusal =
  | {
      readonly code: 'IMPORT_REFUSED';
      readonly kind: 'indicators';
      readonly total: number;
      /** How many of each code, the most frequent first. */
      readonly codes: readonly { readonly code: ImportErrorCode; readonly rows: number }[];
      /** The first 200 by row. */
      readonly errors: readonly ImportError[];
    }
  | {
      readonly code: 'IMPORT_REPEATED';
      readonly kind: 'indicators';
      readonly importId: string;
      readonly rows: number;
      readonly importedAt: Date;
    };

const KIND = 'indicators';
const COLUMNS = new TableColumns(
  Object.keys(INDICATOR_FILE),
  OPTIONAL_COLUMNS,
  (column) => COLUMN_WORDS[column as IndicatorColumn].heading,
);

/** Loads a workbook or CSV of indicators: all rows are checked first, and nothing loads when one fails. */
@Injectable()
export class ImportIndicators {
  readonly #ledger: DomainLedger;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: IndicatorImportStore,
    private readonly indicators: IndicatorStore,
    private readonly sources: FundSourceStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('funds');
  }

  /** Refuses IMPORT_REPEATED when these bytes were loaded before, IMPORT_REFUSED with what to mend. */
  execute(
    context: WorkContext,
    { bytes, dryRun }: { readonly bytes: Buffer; readonly dryRun: boolean },
  ): Promise<Result<ImportedIndicators, ImportIndicatorsRefusal | PostingRefusal>> {
    // A second attempt after a deadlock starts from the bytes: the first one's notes belong to it.
    return this.unitOfWork.run(context, async (tx) => this.load(tx, await readTable(bytes, COLUMNS), dryRun));
  }

  private async load(
    tx: Tx,
    file: ImportTable,
    dryRun: boolean,
  ): Promise<Result<ImportedIndicators, ImportIndicatorsRefusal | PostingRefusal>> {
    const { sha256, format, errors } = file;
    await this.indicators.lockEntering(tx);
    const earlier = await this.files.find(tx, sha256);
    if (earlier) {
      const { id: importId, rows, importedAt } = earlier;
      return refuse({ code: 'IMPORT_REPEATED', kind: KIND, importId, rows, importedAt });
    }
    const rows = readRows(file, INDICATOR_FILE);
    const sources = await this.sources.list(tx, tx.book, dayOf(tx.now));
    const keys = rows.flatMap(({ value: { doc_no: docNo, project_code: projectCode } }) =>
      docNo === undefined || projectCode === undefined ? [] : [{ docNo, projectCode }],
    );
    const sourceCodes = checkRows(rows, errors, { sources, taken: await this.indicators.allotted(tx, keys) });
    if (errors.total > 0) {
      const { total, codes, first } = errors;
      return refuse({ code: 'IMPORT_REFUSED', kind: KIND, total, codes, errors: first });
    }
    const loaded = rows.map((row): Indicator => ({ id: newId(), ...toDraft(row, sourceCodes) }));
    const totalFen = loaded.reduce((sum, { amountFen }) => sum + amountFen, 0n);
    const id = dryRun ? null : newId();
    tx.audit({ import: id, sha256, rows: rows.length, totalFen: totalFen.toString(), format, dryRun });
    const answer = { id, rows: rows.length, totalFen, sha256, format, dryRun };
    if (id === null) return ok(answer);
    await this.files.insert(tx, { id, sha256, rows: rows.length, totalFen });
    invariant(await this.indicators.insert(tx, loaded, id), 'nobody enters indicators meanwhile');
    const posted = await this.#ledger.post(
      tx,
      loaded.map((indicator) => allotment(indicator.id, indicator.amountFen)),
    );
    return posted.ok ? ok(answer) : posted;
  }
}
