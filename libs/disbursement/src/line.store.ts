import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';
import type { PayeeReason } from '@app/registry';
import type { BatchTarget } from './batch.store';
import type { LineState } from './line.rules';
import type { PayableLine } from './plan.rules';
import type { Rail } from './rails';

/** A line that a slice has just taken from pending to in transit. */
export interface ClaimedLine {
  readonly source: string;
  readonly party: string;
  readonly amountFen: bigint;
}

/** A line somebody wants to pay again, with all that decides whether it may. */
export interface ReissueFacts {
  readonly id: string;
  readonly rail: Rail;
  readonly fund: string;
  readonly source: string;
  readonly party: string;
  readonly state: LineState;
  readonly dueFen: bigint;
  readonly batch: string | null;
  readonly reasonCode: string | null;
  readonly reasonClass: string | null;
  /** The account the last attempt failed on. */
  readonly failedAccount: string | null;
  /** The payee's account now. */
  readonly account: string | null;
  readonly accountRecordedBy: string | null;
  readonly bank: string | null;
  /** Why the account is another's; null when it is the holder's own. */
  readonly payeeReason: PayeeReason | null;
}

interface PayableRow {
  readonly id: string;
  readonly due_fen: string;
  readonly bank: string | null;
  readonly account: string | null;
  readonly payee_reason: PayeeReason | null;
}

@Injectable()
export class LineStore {
  /**
   * Locks, in id order, the pending lines of a target that no batch has claimed. Of two that ask at once the
   * second waits and then finds none.
   */
  async lockPayable(tx: Tx, target: BatchTarget): Promise<PayableLine[]> {
    const rows = await tx.query<PayableRow>(
      `SELECT l.id, l.due_fen, a.bank, a.account, a.payee_reason
         FROM disbursement.payment_line l
         JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
         LEFT JOIN registry.payee_account a ON a.book = l.book AND a.party = l.party
        WHERE l.book = $1 AND b.rail = $2 AND b.fund = $3 AND b.source_id = coalesce($4::uuid, b.source_id)
          AND l.state = 'pending' AND l.batch IS NULL
        ORDER BY l.id
          FOR UPDATE OF l`,
      [tx.book, target.rail, target.fund, target.sourceId],
    );
    return rows.map((row) => ({
      line: row.id,
      amountFen: BigInt(row.due_fen),
      bank: row.bank,
      account: row.account,
      payeeReason: row.payee_reason,
    }));
  }

  /** Takes the lines `first`–`last` of a batch into transit. Lines that are there already are left alone. */
  async claimSlice(tx: Tx, batch: string, first: number, last: number): Promise<ClaimedLine[]> {
    const rows = await tx.query<{ source_id: string; party: string; amount_fen: string }>(
      `UPDATE disbursement.payment_line l SET state = 'in-transit', attempt = l.attempt + 1
         FROM disbursement.batch_line b
        WHERE b.book = $1 AND b.batch = $2 AND b.seq BETWEEN $3 AND $4
          AND l.book = b.book AND l.id = b.line AND l.batch = b.batch AND l.state = 'pending'
        RETURNING l.source_id, l.party, b.amount_fen`,
      [tx.book, batch, first, last],
    );
    return rows.map((row) => ({
      source: row.source_id,
      party: row.party,
      amountFen: BigInt(row.amount_fen),
    }));
  }

  /** In transit → paid or returned, for lines this batch carries. Returns how many moved. */
  settle(tx: Tx, batch: string, lines: readonly string[], to: 'paid' | 'returned'): Promise<number> {
    return tx.execute(
      `UPDATE disbursement.payment_line SET state = $4
        WHERE book = $1 AND batch = $2 AND id = ANY ($3::uuid[]) AND state = 'in-transit'`,
      [tx.book, batch, lines, to],
    );
  }

  /** Locks the lines in id order and reads why each came back and where its payee's money goes now. */
  async lockForReissue(tx: Tx, ids: readonly string[]): Promise<ReissueFacts[]> {
    const rows = await tx.query<ReissueRow>(
      `SELECT l.id, b.rail, b.fund, l.source_id, l.party, l.state, l.due_fen, l.batch, f.reason_code,
              r.class AS reason_class, f.bank_account AS failed_account, a.account, a.bank, a.payee_reason,
              k.recorded_by AS account_recorded_by
         FROM disbursement.payment_line l
         JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
         LEFT JOIN disbursement.batch_line f ON f.book = l.book AND f.batch = l.batch AND f.line = l.id
         LEFT JOIN disbursement.failure_reason r ON r.code = f.reason_code
         LEFT JOIN registry.payee_account a ON a.book = l.book AND a.party = l.party
         LEFT JOIN registry.bank_account k ON k.book = a.book AND k.id = a.account
        WHERE l.book = $1 AND l.id = ANY ($2::uuid[])
        ORDER BY l.id
          FOR UPDATE OF l`,
      [tx.book, ids],
    );
    return rows.map(toReissueFacts);
  }

  /** Returned → pending with what is now due. Returns how many moved. */
  reclaim(tx: Tx, lines: readonly { id: string; dueFen: bigint }[]): Promise<number> {
    return tx.execute(
      `UPDATE disbursement.payment_line l SET state = 'pending', batch = NULL, due_fen = r.due_fen
         FROM unnest($2::uuid[], $3::bigint[]) AS r (id, due_fen)
        WHERE l.book = $1 AND l.id = r.id AND l.state = 'returned'`,
      [tx.book, lines.map(({ id }) => id), lines.map(({ dueFen }) => dueFen.toString())],
    );
  }
}

interface ReissueRow {
  readonly id: string;
  readonly rail: Rail;
  readonly fund: string;
  readonly source_id: string;
  readonly party: string;
  readonly state: LineState;
  readonly due_fen: string;
  readonly batch: string | null;
  readonly reason_code: string | null;
  readonly reason_class: string | null;
  readonly failed_account: string | null;
  readonly account: string | null;
  readonly account_recorded_by: string | null;
  readonly bank: string | null;
  readonly payee_reason: PayeeReason | null;
}

const toReissueFacts = (row: ReissueRow): ReissueFacts => ({
  id: row.id,
  rail: row.rail,
  fund: row.fund,
  source: row.source_id,
  party: row.party,
  state: row.state,
  dueFen: BigInt(row.due_fen),
  batch: row.batch,
  reasonCode: row.reason_code,
  reasonClass: row.reason_class,
  failedAccount: row.failed_account,
  account: row.account,
  accountRecordedBy: row.account_recorded_by,
  bank: row.bank,
  payeeReason: row.payee_reason,
});
