import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database, type Tx } from '@app/platform';
import type { KnownReceipt, UnmatchedReason } from './receipt.rules';

/** Money that the bank paid to a village's committee, group or collective. */
export interface CollectiveReceipt {
  readonly no: string;
  readonly village: string;
  readonly partyNo: string;
  readonly partyName: string;
  readonly rail: 'fiscal' | 'market';
  readonly amountFen: bigint;
  readonly paidOn: Day;
  /** Null while the platform has not told its own. */
  readonly platformNo: string | null;
}

export interface UnmatchedRow {
  readonly receiptNo: string;
  readonly platformNo: string;
  readonly amountFen: bigint | null;
  readonly reason: UnmatchedReason;
  readonly recordedAt: Date;
}

export interface ReceiptFilter {
  /** Regions of which the reader sees the villages. */
  readonly scope: readonly string[];
  readonly from: Day;
  readonly to: Day;
  /** Only those without the platform's number. */
  readonly isUnmatched: boolean;
  /** The number after which the page begins. */
  readonly after: string | null;
  readonly count: number;
}

/** Kinds that keep a village's own books. */
const COLLECTIVE = `t.kind IN ('village-committee', 'village-group', 'collective')`;

@Injectable()
export class ReceiptStore {
  constructor(private readonly database: Database) {}

  /** One at a time in a book, so that numbers have no gap and no number is given twice. */
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('disclosure.receipts', $1))`, [tx.book]);
  }

  /** Numbers what was paid in the days and has no number; tells how many. */
  async number(tx: Tx, bookCode: string, region: string, from: Day, to: Day): Promise<number> {
    return tx.execute(
      `INSERT INTO disclosure.collective_receipt (book, seq, no, batch, batch_seq, party, rail, source_id, amount_fen,
              paid_on, numbered_by, numbered_at)
       SELECT $1, q.seq, 'SZ-' || $2 || '-' || lpad(q.seq::text, greatest(6, length(q.seq::text)), '0'), q.batch,
              q.batch_seq, q.party, q.rail, q.source_id, q.amount_fen, q.paid_on, $6, $7
         FROM (SELECT coalesce((SELECT max(c.seq) FROM disclosure.collective_receipt c WHERE c.book = $1), 0)
                      + row_number() OVER (ORDER BY x.settled_at, t.region, t.external_no, x.batch, x.seq)::int AS seq,
                      x.batch, x.seq AS batch_seq, l.party, b.rail, b.source_id, x.amount_fen,
                      (x.settled_at AT TIME ZONE 'Asia/Shanghai')::date AS paid_on
                 FROM disbursement.batch_line x
                 JOIN disbursement.payment_line l ON l.book = x.book AND l.id = x.line
                 JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
                 JOIN registry.party t ON t.book = l.book AND t.id = l.party AND ${COLLECTIVE}
                WHERE x.book = $1 AND x.result = 'S' AND starts_with(t.region, $3)
                  AND (x.settled_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $4::date AND $5::date
                  AND NOT EXISTS (SELECT FROM disclosure.collective_receipt c
                                   WHERE c.book = x.book AND c.batch = x.batch AND c.batch_seq = x.seq)) q`,
      [tx.book, bookCode, region, from, to, tx.context.actor, tx.now],
    );
  }

  async page(book: number, filter: ReceiptFilter): Promise<CollectiveReceipt[]> {
    const rows = await this.database.query<Omit<CollectiveReceipt, 'amountFen'> & { amountFen: string }>(
      `SELECT c.no, t.region AS village, t.external_no AS "partyNo", t.name AS "partyName", c.rail,
              c.amount_fen AS "amountFen", c.paid_on::text AS "paidOn", n.platform_no AS "platformNo"
         FROM disclosure.collective_receipt c
         JOIN registry.party t ON t.book = c.book AND t.id = c.party
         LEFT JOIN disclosure.platform_number n ON n.book = c.book AND n.seq = c.seq
        WHERE c.book = $1 AND c.paid_on BETWEEN $2::date AND $3::date
          AND EXISTS (SELECT FROM unnest($4::text[]) AS own WHERE starts_with(t.region, own))
          AND (NOT $5 OR n.seq IS NULL)
          AND ($6::text IS NULL OR c.seq > (SELECT k.seq FROM disclosure.collective_receipt k
                                             WHERE k.book = $1 AND k.no = $6))
        ORDER BY c.seq LIMIT $7`,
      [...[book, filter.from, filter.to, filter.scope], ...[filter.isUnmatched, filter.after, filter.count]],
    );
    return rows.map((row) => ({ ...row, amountFen: BigInt(row.amountFen) }));
  }

  async known(tx: Tx, numbers: readonly string[]): Promise<ReadonlyMap<string, KnownReceipt>> {
    const rows = await tx.query<Omit<KnownReceipt, 'amountFen'> & { amountFen: string }>(
      `SELECT c.no, c.amount_fen AS "amountFen", n.platform_no AS "platformNo"
         FROM disclosure.collective_receipt c
         LEFT JOIN disclosure.platform_number n ON n.book = c.book AND n.seq = c.seq
        WHERE c.book = $1 AND c.no = ANY ($2)`,
      [tx.book, numbers],
    );
    return new Map(rows.map((row) => [row.no, { ...row, amountFen: BigInt(row.amountFen) }]));
  }

  /** Numbers of the platform that receipts have already. */
  async used(tx: Tx, platformNumbers: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ platform_no: string; no: string }>(
      `SELECT n.platform_no, c.no FROM disclosure.platform_number n
         JOIN disclosure.collective_receipt c ON c.book = n.book AND c.seq = n.seq
        WHERE n.book = $1 AND n.platform_no = ANY ($2)`,
      [tx.book, platformNumbers],
    );
    return new Map(rows.map(({ platform_no, no }) => [platform_no, no]));
  }

  async record(tx: Tx, pairs: readonly (readonly [no: string, platformNo: string])[]): Promise<void> {
    await tx.execute(
      `INSERT INTO disclosure.platform_number (book, seq, platform_no, recorded_by, recorded_at)
       SELECT c.book, c.seq, u.platform_no, $2, $3
         FROM unnest($4::text[], $5::text[]) AS u (no, platform_no)
         JOIN disclosure.collective_receipt c ON c.book = $1 AND c.no = u.no
       ON CONFLICT (book, seq) DO NOTHING`,
      [tx.book, tx.context.actor, tx.now, pairs.map(([no]) => no), pairs.map(([, number]) => number)],
    );
  }

  async keepUnmatched(tx: Tx, rows: readonly Omit<UnmatchedRow, 'recordedAt'>[]): Promise<void> {
    await tx.execute(
      `INSERT INTO disclosure.unmatched_row (book, receipt_no, platform_no, amount_fen, reason, recorded_by, recorded_at)
       SELECT $1, u.receipt_no, u.platform_no, u.amount_fen, u.reason, $2, $3
         FROM unnest($4::text[], $5::text[], $6::bigint[], $7::text[]) AS u (receipt_no, platform_no, amount_fen, reason)
       ON CONFLICT DO NOTHING`,
      [
        ...[tx.book, tx.context.actor, tx.now],
        rows.map(({ receiptNo }) => receiptNo),
        rows.map(({ platformNo }) => platformNo),
        rows.map(({ amountFen }) => amountFen?.toString() ?? null),
        rows.map(({ reason }) => reason),
      ],
    );
  }

  /** The newest, at most so many. */
  async unmatchedRows(book: number, most: number): Promise<UnmatchedRow[]> {
    const rows = await this.database.query<Omit<UnmatchedRow, 'amountFen'> & { amountFen: string | null }>(
      `SELECT u.receipt_no AS "receiptNo", u.platform_no AS "platformNo", u.amount_fen AS "amountFen", u.reason,
              u.recorded_at AS "recordedAt"
         FROM disclosure.unmatched_row u WHERE u.book = $1 ORDER BY u.id DESC LIMIT $2`,
      [book, most],
    );
    return rows.map((row) => ({ ...row, amountFen: row.amountFen === null ? null : BigInt(row.amountFen) }));
  }
}
