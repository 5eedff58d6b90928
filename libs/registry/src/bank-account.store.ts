import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database, type Tx } from '@app/platform';
import type { PayeeReason } from './payees/payee.rules';

/** One account a party had, without its number. */
export interface AccountRecord {
  readonly id: string;
  readonly bank: string;
  readonly last4: string;
  readonly holderName: string;
  /** First day it was the party's; null when it was corrected on that same day. */
  readonly from: Day | null;
  /** Last day; null while it is the current one. */
  readonly to: Day | null;
  readonly isCurrent: boolean;
  /** What the entry rests on: a document's words, or `import/<id>`. */
  readonly evidence: string;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

export interface SealedAccount {
  readonly party: string;
  readonly account: string;
  readonly bank: string;
  readonly numberSealed: Buffer;
  readonly last4: string;
  readonly holderName: string;
}

/** The account a party's money goes to, and whose it is when it is another's. */
export interface PaidAccount extends SealedAccount {
  readonly payeeExternalNo: string;
  readonly payeeName: string;
  /** Null when it is the party's own. */
  readonly payeeReason: PayeeReason | null;
}

export interface NewAccount {
  readonly id: string;
  readonly party: string;
  readonly bank: string;
  readonly numberSealed: Buffer;
  readonly numberIndex: Buffer;
  readonly last4: string;
  readonly holderName: string;
  readonly evidence: string;
  readonly from: Day;
}

const SEALED = `a.party, a.id AS account, a.bank, a.number_sealed AS "numberSealed", a.last4,
  a.holder_name AS "holderName"`;

@Injectable()
export class BankAccountStore {
  constructor(private readonly database: Database) {}

  /** The id of the current account when it is just this one. */
  async findSame(tx: Tx, account: Pick<NewAccount, 'party' | 'bank' | 'numberIndex' | 'holderName'>) {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM registry.bank_account
        WHERE book = $1 AND party = $2 AND upper_inf(valid)
          AND bank = $3 AND number_index = $4 AND holder_name = $5`,
      [tx.book, account.party, account.bank, account.numberIndex, account.holderName],
    );
    return rows[0]?.id;
  }

  /** Ends the current account the day before `from`. Returns its id, undefined when there is none. */
  async end(tx: Tx, party: string, from: Day): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }>(
      `UPDATE registry.bank_account SET valid = daterange(lower(valid), greatest(lower(valid), $3::date))
        WHERE book = $1 AND party = $2 AND upper_inf(valid) RETURNING id`,
      [tx.book, party, from],
    );
    return rows[0]?.id;
  }

  /** Returns false when another current account came first. */
  async insert(tx: Tx, account: NewAccount): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO registry.bank_account (book, id, party, bank, number_sealed, number_index, last4, holder_name,
              valid, evidence, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, daterange($9::date, NULL), $10, $11, $12)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        tx.book,
        account.id,
        account.party,
        account.bank,
        account.numberSealed,
        account.numberIndex,
        account.last4,
        account.holderName,
        account.from,
        account.evidence,
        tx.context.actor,
        tx.now,
      ],
    );
    return rows.length === 1;
  }

  /** Where the money of each of the parties goes today, if there is an account. */
  async current(book: number, parties: readonly string[]): Promise<PaidAccount[]> {
    return this.database.query<PaidAccount>(
      `SELECT k.party, a.id AS account, a.bank, a.number_sealed AS "numberSealed", a.last4,
              a.holder_name AS "holderName", k.payee_external_no AS "payeeExternalNo", k.payee_name AS "payeeName",
              k.payee_reason AS "payeeReason"
         FROM registry.payee_account k JOIN registry.bank_account a ON a.book = k.book AND a.id = k.account
        WHERE k.book = $1 AND k.party = ANY ($2::uuid[])`,
      [book, parties],
    );
  }

  /** These very accounts, current or not. */
  async byIds(book: number, accounts: readonly string[]): Promise<SealedAccount[]> {
    return this.database.query<SealedAccount>(
      `SELECT ${SEALED} FROM registry.bank_account a WHERE a.book = $1 AND a.id = ANY ($2::uuid[])`,
      [book, accounts],
    );
  }

  /** Newest first. */
  async history(book: number, party: string): Promise<AccountRecord[]> {
    return this.database.query<AccountRecord>(
      `SELECT id, bank, last4, holder_name AS "holderName", lower(valid)::text AS "from",
              (upper(valid) - 1)::text AS "to", upper_inf(valid) AS "isCurrent", evidence,
              recorded_by AS "recordedBy", recorded_at AS "recordedAt"
         FROM registry.bank_account WHERE book = $1 AND party = $2
        ORDER BY upper_inf(valid) DESC, recorded_at DESC, id`,
      [book, party],
    );
  }
}
