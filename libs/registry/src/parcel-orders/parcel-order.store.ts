import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { isStored, type Database, type Tx } from '@app/platform';
import type { LockedParcel } from '../parcel-facts/parcel-timeline';
import type { FactChange, ParcelOrderReason } from './parcel-order.rules';

export const ORDER_STATES = ['proposed', 'approved', 'rejected'] as const;
export type ParcelOrderState = (typeof ORDER_STATES)[number];

export interface NewParcelOrder extends FactChange {
  readonly id: string;
  readonly from: Day;
  readonly reason: ParcelOrderReason;
  /** The paper it rests on and where it is kept, and the hash of the file when there is one. */
  readonly evidence: string;
  readonly evidenceSha256: string | null;
}

export interface ParcelOrder extends NewParcelOrder {
  /** Later ones have larger numbers. */
  readonly no: bigint;
  /** Code and village of its parcel. */
  readonly parcel: string;
  readonly village: string;
  readonly version: bigint;
  /** Whether the book keeps the file that the hash names. */
  readonly evidenceStored: boolean;
  readonly state: ParcelOrderState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

export interface ParcelOrderFilter {
  /** Villages of these regions only. */
  readonly scope: readonly string[];
  readonly state?: ParcelOrderState;
  /** Code of the one parcel asked about. */
  readonly parcel?: string;
  /** The number before which the page begins. */
  readonly before?: bigint;
  readonly count: number;
}

type OrderRow = Omit<ParcelOrder, 'no' | 'version'> & { readonly no: string; readonly version: string };

const COLUMNS = `o.id, o.no, p.code AS parcel, p.village, o.version, o.from_day::text AS "from", o.reason, o.before, o.after,
  o.evidence, o.evidence_sha256 AS "evidenceSha256", ${isStored('o', 'evidence_sha256')} AS "evidenceStored", o.state, o.proposed_by AS "proposedBy",
  o.proposed_at AS "proposedAt", o.decided_by AS "decidedBy", o.decided_at AS "decidedAt", o.rejection`;
const FROM = `registry.parcel_order o JOIN registry.parcel p ON p.book = o.book AND p.id = o.parcel`;

@Injectable()
export class ParcelOrderStore {
  async insert(tx: Tx, parcel: LockedParcel, order: NewParcelOrder): Promise<void> {
    await tx.query(
      `INSERT INTO registry.parcel_order (book, id, parcel, from_day, reason, before, after, evidence, evidence_sha256,
              version, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[tx.book, order.id, parcel.id, order.from, order.reason],
        ...[JSON.stringify(order.before), JSON.stringify(order.after), order.evidence, order.evidenceSha256],
        ...[parcel.version.toString(), tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<ParcelOrder | undefined> {
    const rows = await tx.query<OrderRow>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE o.book = $1 AND o.id = $2 FOR UPDATE OF o`,
      [tx.book, id],
    );
    return rows.map(orderOf)[0];
  }

  /** Those that changed the parcel since it had the version, newest first. */
  async since(tx: Tx, parcel: string, version: bigint): Promise<ParcelOrder[]> {
    const rows = await tx.query<OrderRow>(
      `SELECT ${COLUMNS} FROM ${FROM}
        WHERE o.book = $1 AND o.parcel = $2 AND o.state = 'approved' AND o.version >= $3
        ORDER BY o.version DESC LIMIT 20`,
      [tx.book, parcel, version.toString()],
    );
    return rows.map(orderOf);
  }

  /** The newest first. */
  async list(from: Pick<Database, 'query'>, book: number, filter: ParcelOrderFilter): Promise<ParcelOrder[]> {
    const rows = await from.query<OrderRow>(
      `SELECT ${COLUMNS} FROM ${FROM}
        WHERE o.book = $1 AND ($2::text IS NULL OR o.state = $2) AND ($3::text IS NULL OR p.code = $3)
          AND ($4::bigint IS NULL OR o.no < $4)
          AND EXISTS (SELECT FROM unnest($5::text[]) own WHERE starts_with(p.village, own))
        ORDER BY o.no DESC LIMIT $6`,
      [
        ...[book, filter.state ?? null, filter.parcel ?? null, filter.before?.toString() ?? null],
        ...[filter.scope, filter.count],
      ],
    );
    return rows.map(orderOf);
  }

  /** Approving is what changes the parcel: the database does it with the decision. */
  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.query(
      `UPDATE registry.parcel_order SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }
}

const orderOf = (row: OrderRow): ParcelOrder => ({
  ...row,
  no: BigInt(row.no),
  version: BigInt(row.version),
});
