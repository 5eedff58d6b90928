import { Injectable } from '@nestjs/common';

import { Crypto, Database } from '@app/platform';
import { BankAccountStore, type AccountRecord, type SealedAccount } from './bank-account.store';
import { ConsentStore, type Consent } from './consent.store';
import { payeeOf, type PayeeOf } from './payees/payee.rules';
import { PartyStore, type ListedParty, type Party, type PartyFilter } from './party.store';

/** Where money for a party goes, the number in clear: for a bank file in the making and nothing else. */
export interface PaymentDetails {
  readonly party: string;
  /** Id of the account's row: a correction has a new one. */
  readonly account: string;
  readonly bank: string;
  /** Never into an entry, a job, a log or an error. */
  readonly number: string;
  readonly last4: string;
  readonly holderName: string;
}

/** What a page may show of an account. */
export interface AccountSummary {
  readonly bank: string;
  readonly last4: string;
  /** Who is paid in the party's place; null when the account is its own. */
  readonly payee: PayeeOf | null;
}

/** Reads about parties, their accounts and consents. */
@Injectable()
export class Registry {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyStore,
    private readonly accounts: BankAccountStore,
    private readonly consents: ConsentStore,
    private readonly crypto: Crypto,
  ) {}

  /** The parties whose phone this is, by external number. Empty for a stranger. */
  partiesByPhone(book: number, phoneIndex: Buffer): Promise<Party[]> {
    return this.parties.byPhone(this.database, book, phoneIndex);
  }

  party(book: number, id: string): Promise<Party | undefined> {
    return this.parties.byId(this.database, book, id);
  }

  /** By external number, within the reader's scope. */
  list(book: number, filter: PartyFilter): Promise<ListedParty[]> {
    return this.parties.list(this.database, book, filter);
  }

  /** The account each party's money goes to, by party: its own, or that of who is paid in its place. */
  async paymentDetails(book: number, parties: readonly string[]): Promise<Map<string, PaymentDetails>> {
    const rows = await this.accounts.current(book, parties);
    return new Map(rows.map((row) => [row.party, this.open(row)]));
  }

  /** These very accounts, by account, corrected since or not: what a batch was planned with. */
  async accountDetails(book: number, accounts: readonly string[]): Promise<Map<string, PaymentDetails>> {
    const rows = await this.accounts.byIds(book, accounts);
    return new Map(rows.map((row) => [row.account, this.open(row)]));
  }

  /** Bank and last digits of the account each party's money goes to, by party, and whose it is. */
  async accountsOf(book: number, parties: readonly string[]): Promise<Map<string, AccountSummary>> {
    const rows = await this.accounts.current(book, parties);
    return new Map(
      rows.map(
        ({
          party,
          bank,
          last4,
          payeeExternalNo,
          payeeName,
          payeeReason: reason,
        }): [string, AccountSummary] => {
          const payee = reason === null ? null : payeeOf(payeeExternalNo, payeeName, reason);
          return [party, { bank, last4, payee }];
        },
      ),
    );
  }

  /** Every account that is or was the party's own, newest first, without numbers. */
  accountHistory(book: number, party: string): Promise<AccountRecord[]> {
    return this.accounts.history(book, party);
  }

  consentsOf(book: number, parties: readonly string[]): Promise<Consent[]> {
    return this.consents.ofParties(book, parties);
  }

  private open({ party, account, bank, last4, holderName, numberSealed }: SealedAccount): PaymentDetails {
    const number = this.crypto.open('bank-account.number', numberSealed);
    return { party, account, bank, number, last4, holderName };
  }
}
