import type { TestingModule } from '@nestjs/testing';

import {
  HoldStore,
  Ledger,
  Periods,
  type AccountView,
  type EntryView,
  type HoldView,
  type StatementLine,
  type TrialBalanceRow,
} from '@app/ledger';
import { postingText } from './answer';
import { microsOf, textOf } from './instant';
import type { Query, StatementAt } from './query';

/** Asks the ledger and writes its answer down as the model does. */
export async function ask(module: TestingModule, book: number, query: Query): Promise<unknown> {
  const ledger = module.get(Ledger);
  const asked = inTexts(query);
  switch (asked.of) {
    case 'balance':
      return (await ledger.balance(book, asked.path, asked.asset)).toString();
    case 'balance-at':
      return (await ledger.balanceAt(book, asked)).map(({ asset, side, balance, version }) =>
        [asset, side, balance, version].map(String),
      );
    case 'sums': {
      const sums = await ledger.sums(book, asked.heads);
      return asked.heads.map((head) => sums.get(head)?.toString());
    }
    case 'turnover': {
      const { debits, credits } = await ledger.turnover(book, asked);
      return [debits.toString(), credits.toString()];
    }
    case 'turnover-at':
      return (await ledger.turnoverAt(book, asked)).map(({ asset, debits, credits }) =>
        [asset, debits, credits].map(String),
      );
    case 'statement':
      return (await walk((page) => ledger.statement(book, { ...asked, ...page }))).map(lineText);
    case 'statement-at':
      return statementAt(ledger, book, asked);
    case 'trial-balance':
      return (await ledger.trialBalance(book)).map((row) => trialText(row));
    case 'trial-balance-at':
      return (await ledger.trialBalanceAt(book, asked)).map((row) => {
        const [kind, ...rest] = trialText(row);
        return [kind, row.path, ...rest];
      });
    case 'accounts':
      return (await walk((page) => ledger.accounts(book, { ...asked, ...page }))).map(viewText);
    case 'tree':
      return (await walk((page) => ledger.accountTree(book, { ...asked, ...page }))).map((node) => [
        ...[node.path, node.asset, node.depth, node.accounts].map(String),
        ...[node.debits, node.credits, node.balance].map(String),
        node.own?.toString() ?? null,
      ]);
    default:
      return askRecords(module, book, asked);
  }
}

type OfRecords = Extract<Asked, { of: 'entry' | 'entries' | 'hold' | 'holds' | 'periods' }>;

async function askRecords(module: TestingModule, book: number, asked: OfRecords): Promise<unknown> {
  const ledger = module.get(Ledger);
  switch (asked.of) {
    case 'entry':
      return entryText(
        await (typeof asked.by === 'string'
          ? ledger.entryById(book, asked.by)
          : ledger.entryBySeq(book, asked.by)),
      );
    case 'entries':
      return (await walk((page) => ledger.entriesBy(book, { ...asked, ...page }))).map(entryText);
    case 'hold':
      return holdText(await module.get(HoldStore).byId(book, asked.hold));
    case 'holds':
      return (await walk((page) => module.get(HoldStore).page(book, { ...asked, ...page }))).map(holdText);
    case 'periods':
      return (await module.get(Periods).list(book)).map((period) => [
        ...[period.no.toString(), period.endsAt, period.state, period.trialBalance],
        ...[period.closedBy, period.askedBy, period.reopenedBy],
      ]);
  }
}

const TIMES = [
  'recordedAt',
  'effectiveAt',
  'recordedFrom',
  'recordedTo',
  'effectiveFrom',
  'effectiveTo',
  'from',
  'to',
] as const;
type Time = (typeof TIMES)[number];

/** A question as the ledger is asked it: instants are texts, and what is not asked is absent. */
type Asked = InTexts<Query>;
type InTexts<Q> = Q extends unknown
  ? { readonly [Name in keyof Q]: Name extends Time ? string : Exclude<Q[Name], undefined> }
  : never;

function inTexts(query: Query): Asked {
  const isTime = (name: string): boolean => (TIMES as readonly string[]).includes(name);
  const entries = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isTime(name) ? textOf(value as bigint) : value]),
  ) as Asked;
}

/** All pages, one after the other. */
async function walk<T>(
  turn: (page: { cursor?: string }) => Promise<{ items: readonly T[]; next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  for (let page: { cursor?: string } = {}; ;) {
    const { items: more, next } = await turn(page);
    items.push(...more);
    if (next === null) return items;
    page = { cursor: next };
  }
}

async function statementAt(ledger: Ledger, book: number, asked: InTexts<StatementAt>): Promise<unknown> {
  let ends: readonly string[] | undefined;
  const lines = await walk(async (page) => {
    const found = await ledger.statementAt(book, { ...asked, ...page });
    if (!found) return { items: [], next: null };
    ends ??= [found.opening, found.closing].map(String);
    return found;
  });
  return ends ? [...ends, lines.map(lineText)] : null;
}

const lineText = (line: StatementLine): unknown => [
  line.version.toString(),
  line.seq.toString(),
  line.entryId,
  line.kind,
  line.amount.toString(),
  line.balanceAfter.toString(),
  line.recordedAt,
  line.effectiveAt,
  line.reference,
  line.memo,
];

const trialText = ({ kind, asset, side, accounts, debits, credits, balance }: TrialBalanceRow): unknown[] =>
  [kind, asset, side, accounts, debits, credits, balance].map(String);

const viewText = (view: AccountView): unknown => [
  view.path,
  view.asset,
  view.kind,
  view.side.toString(),
  view.floor?.toString() ?? null,
  view.debits.toString(),
  view.credits.toString(),
  view.version.toString(),
  view.closedAt !== null,
];

function entryText(entry: EntryView | undefined): unknown {
  if (!entry) return null;
  const { id, seq, kind, actor, recordedAt, effectiveAt, reference, memo, reverses, hold, postings } = entry;
  const said = [reference, memo, reverses, hold ? `${hold.hold} ${hold.as}` : null];
  return [id, seq.toString(), kind, actor, recordedAt, effectiveAt, said, postings.map(postingText)];
}

function holdText(hold: HoldView | undefined): unknown {
  if (!hold) return null;
  const { id, seq, state, account, asset, amount, left, committed, released, expiresAt } = hold;
  const amounts = [amount, left, committed, released].map(String);
  return [id, seq.toString(), state, account, asset, ...amounts, textOf(microsOf(expiresAt))];
}
