import type {
  AccountView,
  BalanceAt,
  EntryView,
  HoldView,
  PostedEntry,
  PostedPosting,
  StatementLine,
} from '@app/ledger';

/** `{debit: "123"}` or `{credit: "123"}`: amounts on the wire have no sign. */
const sided = (amount: bigint): { debit: bigint } | { credit: bigint } =>
  amount > 0n ? { debit: amount } : { credit: -amount };

const sideName = (side: 1 | -1 | 0): string => (side === 1 ? 'debit' : side === -1 ? 'credit' : 'open');

const presentPosting = ({ path, asset, amount, balanceAfter, version }: PostedPosting): object => ({
  account: path,
  asset,
  ...sided(amount),
  balanceAfter,
  version,
});

/** The answer to a posting, the same for the first time and for every replay. */
export const presentPosted = (entry: PostedEntry): object => ({
  id: entry.id,
  seq: entry.seq,
  recordedAt: entry.recordedAtText,
  effectiveAt: entry.effectiveAtText,
  postings: entry.postings.map(presentPosting),
});

export const presentEntry = (entry: EntryView): object => ({
  id: entry.id,
  seq: entry.seq,
  kind: entry.kind,
  actor: entry.actor,
  reference: entry.reference,
  memo: entry.memo,
  reverses: entry.reverses,
  hold: entry.hold && { id: entry.hold.hold, as: entry.hold.as },
  recordedAt: entry.recordedAt,
  effectiveAt: entry.effectiveAt,
  postings: entry.postings.map(presentPosting),
});

export const presentAccount = ({ side, openedAt, closedAt, ...account }: AccountView): object => ({
  ...account,
  side: sideName(side),
  openedAt: openedAt.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
});

export const presentLine = ({ amount, ...line }: StatementLine): object => ({ ...line, ...sided(amount) });

export const presentBalance = ({ asset, side, balance, version }: BalanceAt): object => ({
  asset,
  side: sideName(side),
  balance,
  version,
});

export const presentHold = (hold: HoldView): object => ({
  ...hold,
  expiresAt: hold.expiresAt.toISOString(),
});

export { sideName };
