import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { payeeOf, type PayeeOf, type PayeeReason } from '@app/registry';
import type { Rail } from './rails';

/** A line in 退回待处理 as the bureau works on it. Shows who and why, of the account only the last digits. */
export interface ReturnedLine {
  readonly lineId: string;
  readonly partyId: string;
  readonly name: string;
  readonly region: string;
  /** Village, township: as the region tree names them. */
  readonly village: string;
  readonly rail: Rail;
  readonly sourceId: string;
  readonly amountFen: bigint;
  readonly batchNo: string;
  readonly attempt: number;
  readonly reasonCode: string;
  readonly reasonClass: string;
  /** What the bank says, in Chinese. */
  readonly reason: string;
  /** What to do now, in Chinese. */
  readonly whatToDo: string;
  readonly failedAccountLast4: string;
  /** Who was paid in the holder's place; null when the account was the holder's own. */
  readonly payee: PayeeOf | null;
  /** The payee has another account on record than the one that failed. */
  readonly corrected: boolean;
  /** May be reissued as things stand. */
  readonly reissuable: boolean;
  readonly returnedAt: Date;
}

export interface ReturnedPage {
  readonly items: readonly ReturnedLine[];
  readonly next: string | null;
}

interface Row {
  readonly line_id: string;
  readonly party_id: string;
  readonly name: string;
  readonly region: string;
  readonly village: string | null;
  readonly rail: Rail;
  readonly source_id: string;
  readonly due_fen: string;
  readonly batch_no: string;
  readonly attempt: number;
  readonly reason_code: string;
  readonly reason_class: string;
  readonly reason: string;
  readonly what_to_do: string;
  readonly last4: string;
  readonly payee_reason: PayeeReason | null;
  readonly payee_no: string;
  readonly payee_name: string;
  readonly corrected: boolean;
  readonly has_account: boolean;
  readonly settled_at: Date;
}

const PAGE_MAX = 500;

@Injectable()
export class ReturnedLines {
  constructor(private readonly database: Database) {}

  /** Lines of payees in the given regions, in order of line id; `cursor` is the `next` of the page before. */
  async list(
    book: number,
    scope: readonly string[],
    { cursor, limit = 100 }: { cursor?: string; limit?: number } = {},
  ): Promise<ReturnedPage> {
    const size = Math.min(Math.max(limit, 1), PAGE_MAX);
    const rows = await this.database.query<Row>(
      `SELECT l.id AS line_id, l.party AS party_id, p.name, p.region, g.name AS village, b.rail, l.source_id,
              l.due_fen, t.no AS batch_no, l.attempt, f.reason_code, coalesce(r.class, 'unknown') AS reason_class,
              coalesce(r.text_zh, '银行未说明原因') AS reason,
              coalesce(r.what_to_do, '请向代理银行查询退票原因，再决定是否重新发放') AS what_to_do,
              k.last4, f.payee_reason, o.external_no AS payee_no, o.name AS payee_name, a.account IS NOT NULL AS has_account, a.account IS DISTINCT FROM f.bank_account AS corrected,
              f.settled_at
         FROM disbursement.payment_line l
         JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
         JOIN disbursement.batch t ON t.book = l.book AND t.id = l.batch
         JOIN disbursement.batch_line f ON f.book = l.book AND f.batch = l.batch AND f.line = l.id
         JOIN registry.party p ON p.book = l.book AND p.id = l.party
         JOIN registry.bank_account k ON k.book = f.book AND k.id = f.bank_account
         JOIN registry.party o ON o.book = k.book AND o.id = k.party
         LEFT JOIN registry.payee_account a ON a.book = l.book AND a.party = l.party
         LEFT JOIN disbursement.failure_reason r ON r.code = f.reason_code
         LEFT JOIN regions.region g ON g.code = p.region
        WHERE l.book = $1 AND l.state = 'returned' AND ($2::uuid IS NULL OR l.id > $2)
          AND EXISTS (SELECT 1 FROM unnest($3::text[]) AS s (code) WHERE starts_with(p.region, s.code))
        ORDER BY l.id LIMIT $4`,
      [book, cursor ?? null, scope, size + 1],
    );
    const items = rows.slice(0, size).map(toLine);
    return { items, next: rows.length > size ? (items.at(-1)?.lineId ?? null) : null };
  }
}

const toLine = (row: Row): ReturnedLine => ({
  lineId: row.line_id,
  partyId: row.party_id,
  name: row.name,
  region: row.region,
  village: row.village ?? row.region,
  rail: row.rail,
  sourceId: row.source_id,
  amountFen: BigInt(row.due_fen),
  batchNo: row.batch_no,
  attempt: row.attempt,
  reasonCode: row.reason_code,
  reasonClass: row.reason_class,
  reason: row.reason,
  whatToDo: row.what_to_do,
  failedAccountLast4: row.last4,
  payee: row.payee_reason === null ? null : payeeOf(row.payee_no, row.payee_name, row.payee_reason),
  corrected: row.has_account && row.corrected,
  reissuable: row.has_account && (row.corrected || row.reason_class !== 'fix-data'),
  returnedAt: row.settled_at,
});
