import { balance, type Account, type Book, type Posting } from './book';
import { ACCOUNT_KINDS } from './kinds';
import type { Times, Tree } from './query';
import { sumOf } from './sums';

/** In byte order of path and asset, whole segments only. */
export function accountsUnder(book: Book, prefix?: string): Account[] {
  return [...book.accounts.values()]
    .filter(({ path }) => prefix === undefined || path === prefix || path.startsWith(`${prefix}/`))
    .sort((one, other) => compare([one.path, one.asset], [other.path, other.asset]));
}

export function compare(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((text, place) => text !== other[place]);
  return at < 0 ? 0 : one[at]! < other[at]! ? -1 : 1;
}

/** The postings that counted by one time, as far as they were known at the other. */
export const postingsAt = ({ postings }: Account, { effectiveAt, recordedAt }: Times): Posting[] =>
  postings
    .filter(({ entry }) => recordedAt === undefined || entry.recordedAt <= recordedAt)
    .filter(({ entry }) => effectiveAt === undefined || entry.effectiveAt <= effectiveAt)
    .map(({ posting }) => posting);

export const wasOpen = ({ openedAt }: Account, { recordedAt }: Times): boolean =>
  recordedAt === undefined || openedAt <= recordedAt;

export const debitOf = ({ amount }: { amount: bigint }): bigint => (amount > 0n ? amount : 0n);
export const creditOf = ({ amount }: { amount: bigint }): bigint => (amount < 0n ? -amount : 0n);

export const sums = (book: Book, heads: readonly string[]): unknown =>
  heads.map((head) => sumOf(accountsUnder(book, head), balance).toString());

export const accounts = (book: Book, prefix?: string): unknown =>
  accountsUnder(book, prefix).map(accountText);

const accountText = (account: Account): unknown => [
  account.path,
  account.asset,
  account.kind,
  account.side.toString(),
  account.floor?.toString() ?? null,
  account.debits.toString(),
  account.credits.toString(),
  account.version.toString(),
  account.closed,
];

export const trialBalance = (book: Book): unknown =>
  (trialBalanceAt(book, {}) as unknown[][]).map((row) => row.filter((_value, at) => at !== 1));

/** A row for each kind and asset, or for each head of so many segments. */
export function trialBalanceAt(
  book: Book,
  { depth, ...times }: Times & { depth?: number | undefined },
): unknown {
  const groups = groupsOf(
    accountsUnder(book).filter((account) => wasOpen(account, times)),
    ({ asset, kind, path }) => [asset, kind, depth === undefined ? '' : headOf(path, depth)],
  );
  return groups.map(([[asset, kind, head], group]) => [
    kind,
    head || null,
    asset,
    String(ACCOUNT_KINDS[kind!]?.side ?? 0n),
    ...totalsOf(group, times),
  ]);
}

const headOf = (path: string, depth: number): string => path.split('/').slice(0, depth).join('/');

function groupsOf(
  all: readonly Account[],
  nameOf: (account: Account) => readonly string[],
): (readonly [readonly string[], Account[]])[] {
  const groups = new Map<string, [readonly string[], Account[]]>();
  for (const account of all) {
    const name = nameOf(account);
    const group = groups.get(name.join(' ')) ?? [name, []];
    group[1].push(account);
    groups.set(name.join(' '), group);
  }
  return [...groups.values()].sort(([one], [other]) => compare(one, other));
}

function totalsOf(group: readonly Account[], times: Times): string[] {
  return [
    BigInt(group.length),
    sumOf(group, (account) => sumOf(postingsAt(account, times), debitOf)),
    sumOf(group, (account) => sumOf(postingsAt(account, times), creditOf)),
    sumOf(group, (account) => balanceOf(account, times)),
  ].map(String);
}

export const balanceOf = (account: Account, times: Times): bigint =>
  account.side * sumOf(postingsAt(account, times), ({ amount }) => amount);

/** What lies at and under each path, from the depth of the prefix on. */
export function accountTree(
  book: Book,
  { prefix, depth, asset, ...times }: Omit<Tree, 'of' | 'limit'>,
): unknown {
  const shallow = prefix?.split('/').length ?? 0;
  const all = accountsUnder(book, prefix).filter(
    (account) => wasOpen(account, times) && (asset === undefined || account.asset === asset),
  );
  const nodes: unknown[][] = [];
  for (let level = Math.max(shallow, 1); level <= (depth ?? shallow + 1); level += 1) {
    const deep = all.filter(({ path }) => path.split('/').length >= level);
    for (const [[path, code], group] of groupsOf(deep, (account) => [
      headOf(account.path, level),
      account.asset,
    ])) {
      const own = group.find((account) => account.path === path);
      const ownText = own ? balanceOf(own, times).toString() : null;
      nodes.push([path, code, String(level), ...totalsOf(group, times), ownText]);
    }
  }
  return nodes.sort((one, other) => compare(one as string[], other as string[]));
}
