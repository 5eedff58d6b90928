import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { DecisionState } from '../decision.rules';
import type { AgreementTerms, BenefitKind } from './agreement.rules';

export type AgreementSide = 'payer' | 'recipient';

export interface Agreement extends AgreementTerms {
  readonly id: string;
  readonly payerBook: number;
  readonly recipientBook: number;
  readonly state: DecisionState;
  readonly proposedBy: string;
}

export interface Transfer {
  readonly no: number;
  readonly indicator: string;
  readonly amountFen: bigint;
  readonly documentNo: string;
}

export interface Benefit {
  readonly no: number;
  readonly kind: BenefitKind;
  readonly description: string;
  /** What the agreement takes it to be worth; no money. */
  readonly valuedFen: bigint;
  readonly givenOn: Day;
  readonly documentNo: string;
}

type Fen<T, K extends keyof T> = Omit<T, K> & { readonly [key in K]: string };
const wide = <T>(row: object, field: string): T =>
  ({ ...row, [field]: BigInt((row as Record<string, string>)[field] ?? '0') }) as T;

const COLUMNS = `a.id, a.agreement_no AS "agreementNo", a.purpose, a.amount_fen AS "amountFen",
  lower(a.valid)::text AS "from", (upper(a.valid) - 1)::text AS "to", a.payer_book AS "payerBook",
  a.recipient_book AS "recipientBook", a.state, a.proposed_by AS "proposedBy"`;
type Reader = Pick<Database, 'query'>;

@Injectable()
export class AgreementStore {
  async insert(tx: Tx, agreement: Omit<Agreement, 'state' | 'proposedBy'>): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO funds.agreement (book, id, agreement_no, purpose, payer_book, recipient_book, amount_fen, valid,
              proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, daterange($8::date, $9::date, '[]'), $10, $11)
       ON CONFLICT (book, id) DO NOTHING`,
      [
        ...[tx.book, agreement.id, agreement.agreementNo, agreement.purpose, agreement.payerBook],
        ...[agreement.recipientBook, agreement.amountFen, agreement.from, agreement.to],
        ...[tx.context.actor, tx.now],
      ],
    );
    return inserted === 1;
  }

  /** A book's own row of it; held until the commit, so that its transfers come one after the other. */
  async lock(tx: Tx, id: string): Promise<Agreement | undefined> {
    return this.one(tx, tx.book, id, 'FOR NO KEY UPDATE');
  }

  /** The row of the other book, as it was committed. */
  async there(tx: Tx, id: string): Promise<Agreement | undefined> {
    const rows = await tx.query<Fen<Agreement, 'amountFen'>>(
      `SELECT ${COLUMNS} FROM funds.agreement a
        WHERE a.id = $2 AND a.book <> $1 AND $1 IN (a.payer_book, a.recipient_book)`,
      [tx.book, id],
    );
    return rows.map((row) => wide<Agreement>(row, 'amountFen'))[0];
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.execute(
      `UPDATE funds.agreement SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }

  async transfers(from: Reader, book: number, agreement: string): Promise<Transfer[]> {
    const rows = await from.query<Fen<Transfer, 'amountFen'>>(
      `SELECT no, indicator, amount_fen AS "amountFen", document_no AS "documentNo"
         FROM funds.agreement_transfer WHERE book = $1 AND agreement = $2 ORDER BY no`,
      [book, agreement],
    );
    return rows.map((row) => wide<Transfer>(row, 'amountFen'));
  }

  /** `remittedBy` where it is received; false when it is there already. */
  async insertTransfer(
    tx: Tx,
    agreement: string,
    { no, indicator, amountFen, documentNo }: Transfer,
    remittedBy: number | null,
  ): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO funds.agreement_transfer (book, agreement, no, indicator, amount_fen, document_no, remitted_by,
              recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (book, agreement, no) DO NOTHING`,
      [
        ...[tx.book, agreement, no, indicator, amountFen, documentNo, remittedBy],
        ...[tx.context.actor, tx.now],
      ],
    );
    return inserted === 1;
  }

  async benefits(from: Reader, book: number, agreement: string): Promise<Benefit[]> {
    const rows = await from.query<Fen<Benefit, 'valuedFen'>>(
      `SELECT no, kind, description, valued_fen AS "valuedFen", given_on::text AS "givenOn",
              document_no AS "documentNo"
         FROM funds.agreement_benefit WHERE book = $1 AND agreement = $2 ORDER BY no`,
      [book, agreement],
    );
    return rows.map((row) => wide<Benefit>(row, 'valuedFen'));
  }

  async insertBenefit(tx: Tx, agreement: string, benefit: Benefit, statedBy: number | null): Promise<void> {
    await tx.execute(
      `INSERT INTO funds.agreement_benefit (book, agreement, no, kind, description, valued_fen, given_on,
              document_no, stated_by, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[tx.book, agreement, benefit.no, benefit.kind, benefit.description, benefit.valuedFen],
        ...[benefit.givenOn, benefit.documentNo, statedBy, tx.context.actor, tx.now],
      ],
    );
  }

  /** Of the book, and those that another book offers it. */
  async list(from: Reader, book: number): Promise<Agreement[]> {
    const rows = await from.query<Fen<Agreement, 'amountFen'>>(
      `SELECT DISTINCT ON (a.id) ${COLUMNS} FROM funds.agreement a
        WHERE $1 IN (a.payer_book, a.recipient_book) ORDER BY a.id, a.book <> $1`,
      [book],
    );
    return rows.map((row) => wide<Agreement>(row, 'amountFen'));
  }

  async one(from: Reader, book: number, id: string, lock = ''): Promise<Agreement | undefined> {
    const rows = await from.query<Fen<Agreement, 'amountFen'>>(
      `SELECT ${COLUMNS} FROM funds.agreement a WHERE a.book = $1 AND a.id = $2 ${lock}`,
      [book, id],
    );
    return rows.map((row) => wide<Agreement>(row, 'amountFen'))[0];
  }
}
