import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { payeeOf, type PayeeOf, type PayeeReason } from '@app/registry';
import type { ResultCode } from './payment-channel';

/** A line of a batch as it is printed: whose money, whose account. */
export interface BatchLineView {
  readonly seq: number;
  readonly lineId: string;
  readonly partyId: string;
  readonly name: string;
  readonly amountFen: bigint;
  readonly last4: string;
  readonly holderName: string;
  /** Who is paid in the holder's place; null when the account is the holder's own. */
  readonly payee: PayeeOf | null;
  readonly result: ResultCode | null;
}

export interface BatchLinePage {
  readonly items: readonly BatchLineView[];
  /** Seq of the last line, when there are more. */
  readonly next: string | null;
}

interface Row {
  readonly seq: number;
  readonly line: string;
  readonly party: string;
  readonly name: string;
  readonly amount_fen: string;
  readonly last4: string;
  readonly holder_name: string;
  readonly payee_reason: PayeeReason | null;
  readonly payee_no: string;
  readonly payee_name: string;
  readonly result: ResultCode | null;
}

/** Reads of a batch's lines in the order the bank has them, a page at a time. */
@Injectable()
export class BatchLines {
  constructor(private readonly database: Database) {}

  async page(book: number, batch: string, after: number, limit: number): Promise<BatchLinePage> {
    const rows = await this.database.query<Row>(
      `SELECT b.seq, b.line, l.party, t.name, b.amount_fen, k.last4, k.holder_name, b.payee_reason,
              o.external_no AS payee_no, o.name AS payee_name, b.result
         FROM disbursement.batch_line b
         JOIN disbursement.payment_line l ON l.book = b.book AND l.id = b.line
         JOIN registry.party t ON t.book = l.book AND t.id = l.party
         JOIN registry.bank_account k ON k.book = b.book AND k.id = b.bank_account
         JOIN registry.party o ON o.book = k.book AND o.id = k.party
        WHERE b.book = $1 AND b.batch = $2 AND b.seq > $3 ORDER BY b.seq LIMIT $4`,
      [book, batch, after, limit + 1],
    );
    const items = rows.slice(0, limit).map(toView);
    return { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null };
  }
}

const toView = (row: Row): BatchLineView => ({
  seq: row.seq,
  lineId: row.line,
  partyId: row.party,
  name: row.name,
  amountFen: BigInt(row.amount_fen),
  last4: row.last4,
  holderName: row.holder_name,
  payee: row.payee_reason === null ? null : payeeOf(row.payee_no, row.payee_name, row.payee_reason),
  result: row.result,
});
