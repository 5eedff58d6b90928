import { Injectable } from '@nestjs/common';

import { Database, type Tx } from '@app/platform';

export interface IndicatorImport {
  readonly id: string;
  readonly sha256: string;
  readonly rows: number;
  readonly totalFen: bigint;
  readonly importedBy: string;
  readonly importedAt: Date;
}

const COLUMNS = `id, sha256, rows, total_fen AS "totalFen", imported_by AS "importedBy", imported_at AS "importedAt"`;
type Row = Omit<IndicatorImport, 'totalFen'> & { readonly totalFen: string };
const toImport = (row: Row): IndicatorImport => ({ ...row, totalFen: BigInt(row.totalFen) });

@Injectable()
export class IndicatorImportStore {
  constructor(private readonly database: Database) {}

  async find(tx: Tx, sha256: string): Promise<IndicatorImport | undefined> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM funds.indicator_import WHERE book = $1 AND sha256 = $2`,
      [tx.book, sha256],
    );
    return rows.map(toImport)[0];
  }

  async insert(tx: Tx, file: Pick<IndicatorImport, 'id' | 'sha256' | 'rows' | 'totalFen'>): Promise<void> {
    await tx.execute(
      `INSERT INTO funds.indicator_import (book, id, sha256, rows, total_fen, imported_by, imported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.book, file.id, file.sha256, file.rows, file.totalFen, tx.context.actor, tx.now],
    );
  }

  /** The latest first. */
  async latest(book: number, limit: number): Promise<IndicatorImport[]> {
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM funds.indicator_import WHERE book = $1 ORDER BY imported_at DESC, id LIMIT $2`,
      [book, limit],
    );
    return rows.map(toImport);
  }
}
