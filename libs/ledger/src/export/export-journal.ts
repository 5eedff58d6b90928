import { Injectable } from '@nestjs/common';

import { dayOf, type Day } from '@app/kernel';
import { Snapshots, type Book, type Snapshot } from '@app/platform';
import { BEANCOUNT } from './beancount-journal';
import { HLEDGER, LEDGER } from './colon-journal';
import type { JournalAccount, JournalAsset, JournalEntry, JournalFormat, JournalPosting } from './journal';
import { JournalRows, type JournalRange, type OpeningRow } from './journal-rows';

export const JOURNAL_FORMATS = { hledger: HLEDGER, ledger: LEDGER, beancount: BEANCOUNT } as const;
export type JournalFormatName = keyof typeof JOURNAL_FORMATS;

/** A book as a journal of a plain-text tool, part by part: its size does not matter, and its bytes are its own. */
@Injectable()
export class ExportJournal {
  constructor(private readonly snapshots: Snapshots) {}

  execute(
    book: Pick<Book, 'id' | 'code'>,
    name: JournalFormatName,
    range: JournalRange = {},
  ): AsyncGenerator<string> {
    return this.snapshots.read((snapshot) => partsOf(snapshot, book, JOURNAL_FORMATS[name], range));
  }
}

async function* partsOf(
  snapshot: Snapshot,
  book: Pick<Book, 'id' | 'code'>,
  format: JournalFormat,
  range: JournalRange,
): AsyncGenerator<string> {
  const rows = new JournalRows(snapshot, book.id, range);
  const { seq, first } = await rows.about();
  const day: Day = dayOf(new Date(range.from ?? first ?? 0));
  yield format.head({ book: book.code, seq, from: range.from ?? null, to: range.to ?? null });
  for await (const assets of rows.assets())
    yield assets.map((asset: JournalAsset) => format.asset(asset)).join('');
  yield '\n';
  for await (const accounts of rows.accounts())
    yield accounts.map((account: JournalAccount) => format.account(account, day)).join('');
  yield '\n';
  if (range.from !== undefined) {
    const opening: JournalPosting[] = [];
    for await (const some of rows.opening())
      opening.push(...some.map((row) => postingOf({ ...row, balance: row.amount })));
    if (opening.length > 0) yield format.entry({ day, of: null, postings: opening });
  }
  yield* entriesOf(rows, format);
}

/** The rows of an entry come one after the other, perhaps over two fetches. */
async function* entriesOf(rows: JournalRows, format: JournalFormat): AsyncGenerator<string> {
  let entry: { day: Day; of: NonNullable<JournalEntry['of']>; postings: JournalPosting[] } | undefined;
  for await (const some of rows.postings()) {
    let text = '';
    for (const row of some) {
      if (entry?.of.seq !== row.seq) {
        if (entry) text += format.entry(entry);
        entry = { day: row.day, of: row, postings: [] };
      }
      entry.postings.push(postingOf(row));
    }
    yield text;
  }
  if (entry) yield format.entry(entry);
}

const postingOf = (row: OpeningRow & { readonly balance: string }): JournalPosting => ({
  path: row.path,
  side: row.side,
  isParent: row.isParent,
  asset: row.asset,
  scale: row.scale,
  amount: BigInt(row.amount),
  balance: BigInt(row.balance),
  isLastOfDay: row.isLastOfDay,
});
