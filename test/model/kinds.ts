/** The kinds of entries and accounts that the tests know: what the tables of kinds say, written again. */
export interface EntryKind {
  readonly owner: string;
  readonly open: boolean;
  readonly accountKinds: readonly string[];
  /** May lower what an account had at an earlier time below its floor. */
  readonly mayBackdate?: boolean;
}

export const ENTRY_KINDS: Readonly<Record<string, EntryKind>> = {
  transfer: { owner: 'ledger', open: true, accountKinds: ['open'] },
  reversal: { owner: 'ledger', open: true, accountKinds: ['open'] },
  'ledger.hold': { owner: 'ledger', open: false, accountKinds: ['open', 'held'] },
  'ledger.commit-hold': { owner: 'ledger', open: false, accountKinds: ['open', 'held'] },
  'ledger.release-hold': { owner: 'ledger', open: false, accountKinds: ['open', 'held'] },
  'ledger.expire-hold': { owner: 'ledger', open: false, accountKinds: ['open', 'held'] },
  'test.dig': { owner: 'test', open: false, accountKinds: ['mine', 'purse'] },
  'test.move': { owner: 'test', open: false, accountKinds: ['purse'] },
  'test.retire': { owner: 'test', open: false, accountKinds: ['purse', 'gone'] },
  'test.correct': { owner: 'test', open: false, accountKinds: ['purse'], mayBackdate: true },
  'other.move': { owner: 'other', open: false, accountKinds: ['purse'] },
};

/** Accounts of these kinds open themselves when they are first posted to. */
export const ACCOUNT_KINDS: Readonly<Record<string, { readonly side: 1n | -1n; readonly floor: bigint }>> = {
  held: { side: -1n, floor: 0n },
  mine: { side: 1n, floor: 0n },
  purse: { side: -1n, floor: 0n },
  gone: { side: -1n, floor: 0n },
};
