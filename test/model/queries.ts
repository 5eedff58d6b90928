import type { Book, Micros } from './book';
import type { Command } from './commands';
import type { Query } from './query';
import { accountTree, accounts, sums, trialBalance, trialBalanceAt } from './query-accounts';
import { balanceAt, statement, statementAt, turnover, turnoverAt } from './query-postings';
import { entriesBy, entryOf, holdOf, holdsIn, periodsOf } from './query-records';

type Answering<Name extends Query['of']> = (book: Book, query: Extract<Query, { of: Name }>) => unknown;

const ANSWERS: { readonly [Name in Query['of']]: Answering<Name> } = {
  balance: (book, { path, asset }) => book.balanceOf(`${path} ${asset}`).toString(),
  'balance-at': balanceAt,
  sums: (book, { heads }) => sums(book, heads),
  turnover,
  'turnover-at': turnoverAt,
  statement,
  'statement-at': statementAt,
  'trial-balance': trialBalance,
  'trial-balance-at': trialBalanceAt,
  accounts: (book, { prefix }) => accounts(book, prefix),
  tree: accountTree,
  entry: (book, { by }) => entryOf(book, by),
  entries: entriesBy,
  hold: (book, { hold }) => holdOf(book, hold),
  holds: (book, { state }) => holdsIn(book, state),
  periods: periodsOf,
};

/** The answer as plain text, read off the whole history without any index or total. */
export function answerTo(book: Book, query: Query): unknown {
  const answering = ANSWERS[query.of] as (book: Book, query: Query) => unknown;
  return answering(book, query);
}

/** Instants below this are places: the n-th entry, whose own instant is meant. */
const PLACES = 1_000_000n;
const TIMES = ['recordedAt', 'effectiveAt', 'recordedFrom', 'recordedTo', 'from', 'to'];

/** A question about the very instants of entries can only be asked once they are there. */
export function atEntry(book: Book, command: Command): Command {
  if (command.do !== 'ask') return command;
  const meant = (at: unknown): unknown => {
    if (typeof at !== 'bigint' || at >= PLACES) return at;
    const { entries } = book;
    return entries[Number(at) % entries.length]?.recordedAt;
  };
  const query = Object.fromEntries(
    Object.entries(command.query).map(([name, value]) => [name, TIMES.includes(name) ? meant(value) : value]),
  );
  const { from, to } = query as { from?: Micros; to?: Micros };
  const range = from !== undefined && to !== undefined && from > to ? { from: to, to: from } : {};
  return { do: 'ask', query: { ...query, ...range } as unknown as Query };
}

/** What is asked about a book at its end. */
export function everything(book: Book): Query[] {
  const statements = [...book.accounts.values()].flatMap(({ path, asset }): Query[] => [
    { of: 'statement', path, asset, order: 'oldest', limit: 500 },
    { of: 'statement-at', path, asset, by: 'effective', order: 'oldest', limit: 500 },
  ]);
  return [
    { of: 'accounts', limit: 500 },
    { of: 'trial-balance' },
    { of: 'entries', order: 'oldest', limit: 500 },
    { of: 'holds', limit: 500 },
    { of: 'periods' },
    ...statements,
  ];
}
