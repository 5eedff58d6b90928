import { isUuid } from '@app/kernel';
import type { EntryView, Ledger } from '@app/ledger';

const SEQ = /^[1-9]\d{0,17}$/;

/** The entry that a part of an address names, by its id or by its number; undefined when nothing has that name. */
export async function entryNamed(ledger: Ledger, book: number, name: string): Promise<EntryView | undefined> {
  if (isUuid(name)) return ledger.entryById(book, name);
  return SEQ.test(name) ? ledger.entryBySeq(book, BigInt(name)) : undefined;
}
