import type { EntryStore, Reader } from '../reads/entry.store';
import type { EntryView } from '../views';
import type { PostedRow } from './answers';

/** The stored entries that the row refers to, by number. */
export async function replaysOf(
  row: PostedRow,
  { entries, reader, book }: { readonly entries: EntryStore; readonly reader: Reader; readonly book: number },
): Promise<ReadonlyMap<string, EntryView>> {
  const seqs = (row.answers ?? []).flatMap(({ code, facts }) =>
    code === 'REPLAYED' && facts.seq !== undefined ? [facts.seq] : [],
  );
  const found = seqs.length === 0 ? [] : await entries.bySeqs(reader, book, seqs);
  return new Map(found.map((entry) => [entry.seq.toString(), entry]));
}
