import type { Account, Book, Entry, Micros, Posting } from './book';
import { textOf } from './instant';
import type { StatementAt, Times, TurnoverAt } from './query';
import { accountsUnder, balanceOf, creditOf, debitOf, postingsAt, wasOpen } from './query-accounts';
import { sumOf } from './sums';

type Line = Account['postings'][number];

export function balanceAt(book: Book, query: Times & { path: string; asset?: string | undefined }): unknown {
  return accountsUnder(book, query.path)
    .filter(({ path, asset }) => path === query.path && (query.asset === undefined || asset === query.asset))
    .filter((account) => wasOpen(account, query))
    .map((account) => {
      const known = postingsAt(account, { recordedAt: query.recordedAt });
      return [
        account.asset,
        account.side.toString(),
        balanceOf(account, query).toString(),
        String(known.length),
      ];
    });
}

export function turnover(
  book: Book,
  { kinds, prefix }: { kinds: readonly string[]; prefix: string },
): unknown {
  const postings = accountsUnder(book, prefix)
    .flatMap((account) => account.postings)
    .filter(({ entry }) => kinds.includes(entry.kind))
    .map(({ posting }) => posting);
  return [sumOf(postings, debitOf).toString(), sumOf(postings, creditOf).toString()];
}

/** Effective after one time and up to another, a row for each asset that has an account there. */
export function turnoverAt(
  book: Book,
  { prefix, asset, from, to, recordedAt }: Omit<TurnoverAt, 'of'>,
): unknown {
  const all = accountsUnder(book, prefix).filter((account) => asset === undefined || account.asset === asset);
  return [...new Set(all.map((account) => account.asset))].sort().map((code) => {
    const postings = all
      .filter((account) => account.asset === code)
      .flatMap((account) => account.postings)
      .filter(({ entry }) => isBetween(entry.effectiveAt, from, to))
      .filter(({ entry }) => recordedAt === undefined || entry.recordedAt <= recordedAt)
      .map(({ posting }) => posting);
    return [code, sumOf(postings, debitOf).toString(), sumOf(postings, creditOf).toString()];
  });
}

export const isBetween = (at: Micros, from?: Micros, to?: Micros): boolean =>
  (from === undefined || at > from) && (to === undefined || at <= to);

export function statement(book: Book, query: { path: string; asset: string; order: string }): unknown {
  const lines = (book.accounts.get(`${query.path} ${query.asset}`)?.postings ?? []).map(
    ({ entry, posting }) => lineText(entry, posting, posting.balanceAfter),
  );
  return query.order === 'newest' ? lines.reverse() : lines;
}

/** Opening, closing, and the lines between them with the balance as it runs in that order of time. */
export function statementAt(book: Book, query: Omit<StatementAt, 'of' | 'limit'>): unknown {
  const { by, order, from, to, recordedAt } = query;
  const account = book.accounts.get(`${query.path} ${query.asset}`);
  if (!account || !wasOpen(account, { recordedAt })) return null;
  const { side } = account;
  const timeOf = ({ entry }: Line): Micros => (by === 'recorded' ? entry.recordedAt : entry.effectiveAt);
  const known = account.postings
    .filter(({ entry }) => recordedAt === undefined || entry.recordedAt <= recordedAt)
    .sort(
      (one, other) =>
        Number(timeOf(one) - timeOf(other)) || Number(one.posting.version - other.posting.version),
    );
  const sumUpTo = (limit: Micros | undefined, none: bigint): bigint =>
    limit === undefined ? none : sumOf(known, (line) => (timeOf(line) <= limit ? line.posting.amount : 0n));
  const opening = side * sumUpTo(from, 0n);
  let running = 0n;
  const lines: unknown[] = [];
  for (const line of known) {
    running += line.posting.amount;
    if (isBetween(timeOf(line), from, to)) lines.push(lineText(line.entry, line.posting, side * running));
  }
  const closing =
    side *
    sumUpTo(
      to,
      sumOf(known, ({ posting }) => posting.amount),
    );
  return [opening.toString(), closing.toString(), order === 'newest' ? lines.reverse() : lines];
}

const lineText = (entry: Entry, posting: Posting, balanceAfter: bigint): unknown => [
  posting.version.toString(),
  entry.seq.toString(),
  entry.id,
  entry.kind,
  posting.amount.toString(),
  balanceAfter.toString(),
  textOf(entry.recordedAt),
  textOf(entry.effectiveAt),
  entry.draft.reference ?? null,
  entry.draft.memo ?? null,
];
