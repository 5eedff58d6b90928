import { Injectable } from '@nestjs/common';

import { maskAccount, maskIdNumber, maskPhone, type Day } from '@app/kernel';
import { Crypto, Snapshots, writeWorkbook } from '@app/platform';
import type { ImportKind } from '../import/import-kind';
import { KIND_COLUMNS } from '../import/kind-columns';
import { CSV_MARK, csvLine } from './csv-lines';
import { exportQuery, type ExportedRow } from './export.queries';
import { peoplesWords, sheetOf } from './people-sheet';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportWish {
  readonly kind: ImportKind;
  readonly format: ExportFormat;
  /** What held on this day; all that is recorded without one. */
  readonly day?: Day;
  /** Regions the reader may see. */
  readonly scope: readonly string[];
  readonly region?: string;
  /** Whole ID numbers, phones and accounts, as an import needs them, or masked ones. */
  readonly personal: 'masked' | 'whole';
}

/**
 * Writes what the registry has as the files that it imports: CSV in the words of programs, a workbook in those of
 * people. As many rows as there are, all of one moment, in little memory.
 */
@Injectable()
export class ExportTable {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly crypto: Crypto,
  ) {}

  execute(book: number, wish: ExportWish): AsyncGenerator<Buffer> {
    return wish.format === 'csv' ? this.csv(book, wish) : this.workbook(book, wish);
  }

  private async *csv(book: number, wish: ExportWish): AsyncGenerator<Buffer> {
    yield Buffer.from(CSV_MARK + csvLine(Object.keys(KIND_COLUMNS[wish.kind])));
    for await (const rows of this.rows(book, wish)) yield Buffer.from(rows.map(csvLine).join(''));
  }

  private async *workbook(book: number, wish: ExportWish): AsyncGenerator<Buffer> {
    const inWords = peoplesWords(wish.kind);
    const rows = this.rows(book, wish);
    async function* worded(): AsyncGenerator<string[][]> {
      for await (const piece of rows) yield piece.map(inWords);
    }
    yield* writeWorkbook([sheetOf(wish.kind, worded())]);
  }

  /** Rows of cells in the order of the kind's columns. */
  private rows(book: number, wish: ExportWish): AsyncGenerator<string[][]> {
    const given = [book, wish.scope, wish.region ?? '', wish.day ?? null];
    const whole = (row: ExportedRow): string[] =>
      wish.kind === 'parties' ? [...row.cells, ...this.opened(row, wish.personal)] : row.cells;
    return this.snapshots.read(async function* (snapshot) {
      for await (const rows of snapshot.rows<ExportedRow>(exportQuery(wish.kind, wish.day), given)) {
        yield rows.map(whole);
      }
    });
  }

  private opened({ idNumber, phone, bank, account, holder }: ExportedRow, personal: ExportWish['personal']) {
    const { crypto } = this;
    const shown = (
      sealed: Buffer | null,
      purpose: Parameters<Crypto['open']>[0],
      mask: (text: string) => string,
    ) => {
      if (sealed === null) return '';
      const text = crypto.open(purpose, sealed);
      return personal === 'whole' ? text : mask(text);
    };
    return [
      shown(idNumber, 'party.id-number', maskIdNumber),
      shown(phone, 'party.phone', maskPhone),
      bank ?? '',
      shown(account, 'bank-account.number', maskAccount),
      holder ?? '',
    ];
  }
}
