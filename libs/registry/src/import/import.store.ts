import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Database, type Tx } from '@app/platform';
import type { ImportKind } from './import-kind';

/** A file that was loaded. */
export interface ImportRecord {
  readonly id: string;
  readonly kind: ImportKind;
  readonly sha256: string;
  readonly rows: number;
  /** User id of who imported it. */
  readonly importedBy: string;
  readonly importedAt: Date;
}

const COLUMNS = `id, kind, sha256, rows, imported_by AS "importedBy", imported_at AS "importedAt"`;

@Injectable()
export class ImportStore {
  constructor(private readonly database: Database) {}

  /** Imports into one book run one after the other: each checks its rows against what the last one wrote. */
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('registry.import'), $1::int)`, [tx.book]);
  }

  async find(tx: Tx, kind: ImportKind, sha256: string): Promise<ImportRecord | undefined> {
    const rows = await tx.query<ImportRecord>(
      `SELECT ${COLUMNS} FROM registry.import WHERE book = $1 AND kind = $2 AND sha256 = $3`,
      [tx.book, kind, sha256],
    );
    return rows[0];
  }

  async insert(tx: Tx, record: ImportRecord): Promise<void> {
    await tx.query(
      `INSERT INTO registry.import (book, id, kind, sha256, rows, imported_by, imported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.book, record.id, record.kind, record.sha256, record.rows, record.importedBy, record.importedAt],
    );
  }

  /** Keeps the digest of all that the import wrote, in hexadecimals; nothing is written into it afterwards. */
  async close(tx: Tx, id: string): Promise<string> {
    const rows = await tx.query<{ digest: string }>(
      `SELECT encode(registry.close_import($1, $2), 'hex') AS digest`,
      [tx.book, id],
    );
    return present(rows[0], 'a closed import has a digest').digest;
  }

  /** The latest imports of a book, newest first. */
  async latest(book: number, count: number): Promise<ImportRecord[]> {
    return this.database.query<ImportRecord>(
      `SELECT ${COLUMNS} FROM registry.import WHERE book = $1 ORDER BY imported_at DESC, id LIMIT $2`,
      [book, count],
    );
  }
}
