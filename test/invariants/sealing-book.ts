import type { Client } from 'pg';

import { LogReader, ProveEntry, Sealer, SealingModule, type Published } from '@app/ledger';
import { writeBundle } from '@app/proof';
import { LedgerBook } from './ledger-book';

/** Rows of these tables as a superuser would write them: past every door, check of the fence and trigger. */
export async function pastTheDoors(admin: Client, work: () => Promise<unknown>): Promise<void> {
  await admin.query('SET session_replication_role = replica');
  try {
    await work();
  } finally {
    await admin.query('SET session_replication_role = DEFAULT');
  }
}

/** The part of the product that seals and proves, over a book of its own. */
export class SealingBook {
  private constructor(readonly book: LedgerBook) {}

  static async open(): Promise<SealingBook> {
    return new SealingBook(await LedgerBook.open());
  }

  close(): Promise<void> {
    return this.book.close();
  }

  get<T>(type: new (...args: never[]) => T, module = this.book.module): T {
    return module.select(SealingModule).get(type);
  }

  /** Seals all that is committed, and signs when the last signature is a second old. */
  seal(): Promise<void> {
    return this.get(Sealer).round();
  }

  async checkpoint(size?: bigint): Promise<Published> {
    const found = await this.get(LogReader).checkpoint(this.book.id, size);
    if (!found.ok) throw new Error(found.reason.code);
    return found.value;
  }

  async vkey(): Promise<string> {
    return this.get(LogReader).vkey((await this.checkpoint()).origin);
  }

  async bundle(entry: string): Promise<string> {
    const proven = await this.get(ProveEntry).execute(this.book.id, entry);
    if (!proven.ok) throw new Error(proven.reason.code);
    return writeBundle(proven.value);
  }

  async one<Row>(sql: string, params: readonly unknown[] = []): Promise<Row> {
    const { rows } = await this.book.admin.query(sql, [...params]);
    return rows[0] as Row;
  }
}
