import { Injectable } from '@nestjs/common';

import { dayOf, invariant } from '@app/kernel';
import type { Tx } from '@app/platform';
import { gradeAt, type Grade } from '../grade';
import type { MovedPiece } from '../serials/take-serials';
import type { TransferState } from './custody.refusals';
import type { OutsideTransfer } from './reconcile.rules';

export interface NewTransfer {
  readonly id: string;
  readonly direction: 'out' | 'in';
  readonly platform: string;
  readonly reference: string;
  /** The transfer out whose grams come back. */
  readonly of: string | null;
  /** Party and issuance id. */
  readonly party: string;
  readonly issuance: string;
  readonly grams: bigint;
  readonly documentNo: string;
}

export interface Transfer extends NewTransfer {
  /** Code and present grade of the issuance. */
  readonly code: string;
  readonly grade: Grade;
  readonly state: TransferState;
  readonly proposedBy: string;
}

export interface Run {
  readonly issuance: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** What is left outside of a transfer out. */
const OUTSIDE = `t.grams - coalesce((SELECT sum(r.grams) FROM credits.transfer r
  WHERE r.book = t.book AND r.of_transfer = t.id AND r.state = 'returned'), 0)`;

/** The only code that writes platforms and transfers. */
@Injectable()
export class TransferStore {
  async openPlatform(tx: Tx, platform: { code: string; name: string; documentNo: string }): Promise<boolean> {
    const added = await tx.execute(
      `INSERT INTO credits.platform (book, code, name, document_no, opened_by, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [tx.book, platform.code, platform.name, platform.documentNo, tx.context.actor, tx.now],
    );
    return added === 1;
  }

  async hasPlatform(tx: Tx, code: string): Promise<boolean> {
    const rows = await tx.query(`SELECT FROM credits.platform WHERE book = $1 AND code = $2`, [
      tx.book,
      code,
    ]);
    return rows.length > 0;
  }

  async issuance(tx: Tx, code: string): Promise<{ id: string; grade: Grade } | undefined> {
    const rows = await tx.query<{ id: string; grade: Grade }>(
      `SELECT i.id, ${gradeAt('i')} AS grade FROM credits.issuance i WHERE i.book = $1 AND i.code = $2`,
      [tx.book, code],
    );
    return rows[0];
  }

  /** Who has grams of the issuance, by external number. */
  async supplier(tx: Tx, externalNo: string, issuance: string): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }>(
      `SELECT t.id FROM registry.party t
         JOIN credits.issuance_line l ON l.book = t.book AND l.party = t.id AND l.issuance = $3
        WHERE t.book = $1 AND t.external_no = $2`,
      [tx.book, externalNo, issuance],
    );
    return rows[0]?.id;
  }

  /** False when the platform's reference is taken. */
  async insert(tx: Tx, transfer: NewTransfer): Promise<boolean> {
    const added = await tx.execute(
      `INSERT INTO credits.transfer (book, id, direction, platform, reference, of_transfer, party, issuance, grams,
              document_no, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT ON CONSTRAINT reference_once DO NOTHING`,
      [
        ...[tx.book, transfer.id, transfer.direction, transfer.platform, transfer.reference, transfer.of],
        ...[transfer.party, transfer.issuance, transfer.grams, transfer.documentNo, tx.context.actor, tx.now],
      ],
    );
    return added === 1;
  }

  /** Holds the row until the commit: a transfer is decided and settled by one at a time. */
  async lock(tx: Tx, id: string): Promise<Transfer | undefined> {
    const rows = await tx.query<Omit<Transfer, 'grams'> & { grams: string }>(
      `SELECT t.id, t.direction, t.platform, t.reference, t.of_transfer AS of, t.party, t.issuance, t.grams,
              t.document_no AS "documentNo", t.state, t.proposed_by AS "proposedBy", i.code, ${gradeAt('i')} AS grade
         FROM credits.transfer t JOIN credits.issuance i ON i.book = t.book AND i.id = t.issuance
        WHERE t.book = $1 AND t.id = $2 FOR UPDATE OF t`,
      [tx.book, id],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }))[0];
  }

  /** Read after the transfer was locked. */
  async outsideOf(tx: Tx, id: string): Promise<bigint> {
    const rows = await tx.query<{ grams: string }>(
      `SELECT (${OUTSIDE})::text AS grams FROM credits.transfer t WHERE t.book = $1 AND t.id = $2`,
      [tx.book, id],
    );
    return BigInt(rows[0]?.grams ?? 0);
  }

  /** What lies with a platform, locked in id order. */
  async lockOutside(tx: Tx, platform: string): Promise<OutsideTransfer[]> {
    await tx.query(
      `SELECT FROM credits.transfer t
        WHERE t.book = $1 AND t.platform = $2 AND t.state IN ('sent', 'confirmed') ORDER BY t.id FOR UPDATE`,
      [tx.book, platform],
    );
    const rows = await tx.query<Omit<OutsideTransfer, 'grams' | 'sentOn'> & { grams: string; sentAt: Date }>(
      `SELECT t.id, t.reference, i.code AS issuance, t.state, (${OUTSIDE})::text AS grams, t.decided_at AS "sentAt"
         FROM credits.transfer t JOIN credits.issuance i ON i.book = t.book AND i.id = t.issuance
        WHERE t.book = $1 AND t.platform = $2 AND t.state IN ('sent', 'confirmed') ORDER BY t.id`,
      [tx.book, platform],
    );
    return rows.map(({ sentAt, grams, ...row }) => ({
      ...row,
      grams: BigInt(grams),
      sentOn: dayOf(sentAt),
    }));
  }

  async decide(tx: Tx, id: string, state: TransferState, rejection: string | null): Promise<void> {
    const decided = await tx.execute(
      `UPDATE credits.transfer SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2 AND state = 'proposed'`,
      [tx.book, id, state, tx.context.actor, tx.now, rejection],
    );
    invariant(decided === 1, 'a transfer is decided while its row is held');
  }

  async settle(tx: Tx, ids: readonly string[], state: 'confirmed' | 'failed'): Promise<void> {
    if (ids.length === 0) return;
    const settled = await tx.execute(
      `UPDATE credits.transfer SET state = $3, settled_by = $4, settled_at = $5
        WHERE book = $1 AND id = ANY ($2::uuid[]) AND state = 'sent'`,
      [tx.book, ids, state, tx.context.actor, tx.now],
    );
    invariant(settled === ids.length, 'transfers are settled while their rows are held');
  }

  async insertSerials(tx: Tx, transfer: string, pieces: readonly MovedPiece[]): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.transfer_serials (book, transfer, issuance, serials)
       SELECT $1, $2, n.issuance, int8range(n.first, n.last, '[]')
         FROM unnest($3::uuid[], $4::bigint[], $5::bigint[]) AS n (issuance, first, last)`,
      [
        ...[tx.book, transfer],
        pieces.map(({ issuance }) => issuance),
        pieces.map(({ first }) => first.toString()),
        pieces.map(({ last }) => last.toString()),
      ],
    );
  }

  async serialsOf(tx: Tx, transfer: string): Promise<Run[]> {
    const rows = await tx.query<{ issuance: string; first: string; last: string }>(
      `SELECT s.issuance, lower(s.serials) AS first, upper(s.serials) - 1 AS last
         FROM credits.transfer_serials s WHERE s.book = $1 AND s.transfer = $2 ORDER BY s.serials`,
      [tx.book, transfer],
    );
    return rows.map(({ issuance, first, last }) => ({ issuance, first: BigInt(first), last: BigInt(last) }));
  }
}
