import { Injectable } from '@nestjs/common';

import { Database, type Tx } from '@app/platform';
import { DomainDoor } from './domain-door';
import type { DomainLedger } from './domain-ledger';
import { PostingStore } from './posting/posting.store';
import { AccountStore } from './reads/account.store';
import { BalanceAtStore } from './reads/balance-at.store';
import { EntryQueryStore } from './reads/entry-query.store';
import { EntryStore } from './reads/entry.store';
import { StatementAtStore } from './reads/statement-at.store';
import { StatementTextReader } from './reads/statement-text';
import { StatementStore } from './reads/statement.store';
import { TotalsStore } from './reads/totals.store';
import { VerifyBook, type Verification } from './verify/verify-book';
import type {
  AccountPage,
  AccountTree,
  AccountTreeQuery,
  AccountView,
  BalanceAt,
  BalanceAtQuery,
  EntryQuery,
  EntryPage,
  EntryView,
  PageQuery,
  StatementAt,
  StatementAtQuery,
  StatementPage,
  StatementQuery,
  StatementText,
  StatementTextQuery,
  TrialBalanceAtQuery,
  TrialBalanceAtRow,
  TrialBalanceRow,
  Turnover,
  TurnoverAt,
  TurnoverAtQuery,
  TurnoverQuery,
} from './views';

/** What is counted in an asset: `{code: 'WATER/hai-river.2026', unit: 'm3', scale: 3}`. */
export interface AssetTerms {
  readonly code: string;
  /** The unit people read. */
  readonly unit: string;
  /** Decimal places between that unit and the counted integer. */
  readonly scale: number;
}

/** The ledger as other libs see it: a door for their entries, and reads. */
@Injectable()
export class Ledger {
  constructor(
    private readonly postings: PostingStore,
    private readonly accountStore: AccountStore,
    private readonly entries: EntryStore,
    private readonly statements: StatementStore,
    private readonly balancesAt: BalanceAtStore,
    private readonly statementsAt: StatementAtStore,
    private readonly statementTexts: StatementTextReader,
    private readonly totals: TotalsStore,
    private readonly entryQueries: EntryQueryStore,
    private readonly verifier: VerifyBook,
    private readonly database: Database,
  ) {}

  /** The door of the entry kinds a lib owns. A lib asks once, in a constructor, for its own name. */
  domain(owner: string): DomainLedger {
    return new DomainDoor(owner, this.postings);
  }

  /** Opens an asset in the transaction's book. Opening it again in the same terms changes nothing. */
  async openAsset(tx: Tx, { code, unit, scale }: AssetTerms): Promise<void> {
    await tx.query('SELECT ledger.open_asset($1, $2, $3, $4, $5)', [
      ...[tx.book, code, unit, scale],
      tx.context.actor,
    ]);
  }

  /** side × (debits − credits); zero for an account never posted to. */
  balance(book: number, path: string, asset: string): Promise<bigint> {
    return this.accountStore.balance(book, path, asset);
  }

  /**
   * Σ side × (debits − credits) of the accounts under each head, all assets together: ask for heads of one unit.
   * A head is a first segment (`payable`) or more whole segments (`payable/<document>`). Every head asked for has
   * an answer, zero without accounts.
   */
  sums(book: number, heads: readonly string[]): Promise<Map<string, bigint>> {
    return this.accountStore.sums(book, heads);
  }

  /** What entries of some kinds have debited and credited on the accounts under a prefix of whole segments. */
  turnover(book: number, query: TurnoverQuery): Promise<Turnover> {
    return this.statements.turnover(book, query);
  }

  /** An account's postings, newest first unless asked otherwise, a page at a time. */
  statement(book: number, query: StatementQuery): Promise<StatementPage> {
    return this.statements.page(book, query);
  }

  /** The balances of a path at any pair of effective and recorded time; none when there was no such account. */
  balanceAt(book: number, query: BalanceAtQuery): Promise<BalanceAt[]> {
    return this.balancesAt.read(book, query);
  }

  /** An account's postings in either time, between two moments, with opening and closing balance. */
  statementAt(book: number, query: StatementAtQuery): Promise<StatementAt | undefined> {
    return this.statementsAt.page(book, query);
  }

  /** The newest lines of an account as JSON, for many readers at once; undefined when there is no such account. */
  statementText(book: number, query: StatementTextQuery): Promise<StatementText | undefined> {
    return this.statementTexts.read(book, query);
  }

  /** What was debited and credited at and under a path in a range of effective time, per asset. */
  turnoverAt(book: number, query: TurnoverAtQuery): Promise<TurnoverAt[]> {
    return this.totals.turnover(book, query);
  }

  /** One row per account kind and asset, or per first segments of the paths, at any pair of times. */
  trialBalanceAt(book: number, query: TrialBalanceAtQuery): Promise<TrialBalanceAtRow[]> {
    return this.totals.trialBalance(book, query);
  }

  /** The tree of account paths with the balances of all that lies under each node, at any pair of times. */
  accountTree(book: number, query: AccountTreeQuery): Promise<AccountTree> {
    return this.totals.tree(book, query);
  }

  /** Entries by any filters together, in order of their numbers, a page at a time. */
  entriesBy(book: number, query: EntryQuery): Promise<EntryPage> {
    return this.entryQueries.page(book, query);
  }

  /** One row per account kind and asset. Per asset the debits equal the credits. */
  trialBalance(book: number): Promise<TrialBalanceRow[]> {
    return this.statements.trialBalance(book);
  }

  /** Accounts in order of path and asset, a page at a time. */
  accounts(book: number, query: PageQuery & { readonly prefix?: string }): Promise<AccountPage> {
    return this.accountStore.page(book, query);
  }

  /** The accounts of one path, one per asset. */
  accountsOf(book: number, path: string): Promise<AccountView[]> {
    return this.accountStore.ofPath(book, path);
  }

  entryById(book: number, id: string): Promise<EntryView | undefined> {
    return this.entries.byId(this.database, book, id);
  }

  async entryBySeq(book: number, seq: bigint): Promise<EntryView | undefined> {
    return (await this.entries.bySeqs(this.database, book, [seq.toString()]))[0];
  }

  /** Recomputes the whole book from its postings. */
  verify(book: number): Promise<Verification> {
    return this.verifier.execute(book);
  }
}
