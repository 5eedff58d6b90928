import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Database, type Tx } from '@app/platform';
import type { Published } from './publish/publication-target';

/** What a sealer has to know of a book before it does anything. */
export interface LogState {
  readonly book: number;
  readonly code: string;
  /** Null before the first seal. */
  readonly origin: string | null;
  /** Something was committed that no seal covers. */
  readonly isBehind: boolean;
  readonly seals: bigint;
  /** How many seals the last checkpoint covers. */
  readonly signed: bigint;
}

export interface SealMade {
  readonly no: bigint;
  readonly records: bigint;
  /** More was waiting than one seal takes. */
  readonly more: boolean;
}

export interface LogHead {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Buffer;
}

/** The doors and reads of the books' logs. */
@Injectable()
export class LogStore {
  constructor(private readonly database: Database) {}

  async states(): Promise<LogState[]> {
    const rows = await this.database.query<
      Omit<LogState, 'seals' | 'signed'> & { seals: string; signed: string }
    >(`
      SELECT b.id AS book, b.code, l.origin, coalesce(s.no, 0) AS seals, coalesce(c.size, 0) AS signed,
             f.next_seq > coalesce(s.next_entry, 1) OR f.next_refusal > coalesce(s.next_refusal, 1)
               OR f.next_event > coalesce(s.next_event, 1) AS "isBehind"
        FROM ledger.fence f
        JOIN platform.book b ON b.id = f.book
        LEFT JOIN ledger.log l ON l.book = f.book
        LEFT JOIN LATERAL (SELECT x.no, x.next_entry, x.next_refusal, x.next_event FROM ledger.seal x
                            WHERE x.book = f.book ORDER BY x.no DESC LIMIT 1) s ON true
        LEFT JOIN LATERAL (SELECT x.size FROM ledger.checkpoint x
                            WHERE x.book = f.book ORDER BY x.size DESC LIMIT 1) c ON true
       ORDER BY b.id`);
    return rows.map((row) => ({ ...row, seals: BigInt(row.seals), signed: BigInt(row.signed) }));
  }

  /** The name the log has, which is this one when it had none. */
  async open(tx: Tx, origin: string): Promise<string> {
    const [row] = await tx.query<{ origin: string }>('SELECT ledger.open_log($1, $2) AS origin', [
      tx.book,
      origin,
    ]);
    return present(row, 'a log has a name').origin;
  }

  /** Undefined when nothing is new, or another sealer has the book. */
  async sealNext(tx: Tx): Promise<SealMade | undefined> {
    const [row] = await tx.query<{ no: string | null; records: string; more: boolean }>(
      'SELECT no, records, more FROM ledger.seal_next($1)',
      [tx.book],
    );
    if (!row || row.no === null) return undefined;
    return { no: BigInt(row.no), records: BigInt(row.records), more: row.more };
  }

  /** The log as it is, when its last checkpoint does not cover all of it. */
  async unsigned(tx: Tx): Promise<LogHead | undefined> {
    const [row] = await tx.query<{ origin: string; size: string; root: Buffer }>(
      `SELECT l.origin, s.no AS size, ledger.log_root(l.book, s.no) AS root
         FROM ledger.log l
         JOIN LATERAL (SELECT x.no FROM ledger.seal x WHERE x.book = l.book ORDER BY x.no DESC LIMIT 1) s ON true
        WHERE l.book = $1 AND NOT EXISTS (
          SELECT FROM ledger.checkpoint c WHERE c.book = l.book AND c.size >= s.no)`,
      [tx.book],
    );
    return row && { ...row, size: BigInt(row.size) };
  }

  /** False when one of this size or a larger one is there already. */
  async addCheckpoint(tx: Tx, { size, root }: LogHead, note: string): Promise<boolean> {
    const [row] = await tx.query<{ added: boolean }>(
      'SELECT ledger.add_checkpoint($1, $2, $3, $4) AS added',
      [tx.book, size, root, note],
    );
    return present(row, 'the door answers').added;
  }

  /** The checkpoint of this size, or the last one. */
  async checkpoint(book: number, size?: bigint): Promise<Published | undefined> {
    const [row] = await this.database.query<Omit<Published, 'size'> & { size: string }>(
      `SELECT b.code AS book, l.origin, c.size, c.note
         FROM ledger.checkpoint c
         JOIN ledger.log l ON l.book = c.book
         JOIN platform.book b ON b.id = c.book
        WHERE c.book = $1 AND ($2::bigint IS NULL OR c.size = $2) ORDER BY c.size DESC LIMIT 1`,
      [book, size ?? null],
    );
    return row && { ...row, size: BigInt(row.size) };
  }
}
