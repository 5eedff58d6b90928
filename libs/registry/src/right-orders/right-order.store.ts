import { Injectable } from '@nestjs/common';

import { invariant, type Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { RightKind } from '../registry.words';
import type { HeldShare, OrderShare, RightOrderReason } from './right-order.rules';

export type RightOrderState = 'proposed' | 'approved' | 'rejected';

export interface OrderedParcel {
  readonly id: string;
  readonly code: string;
  readonly village: string;
  readonly rightsVersion: bigint;
}

/** First day on which the parcel is no more, when it was split, merged or renumbered. */
export interface HeldParcel extends OrderedParcel {
  readonly closedOn: Day | null;
}

export interface NewRightOrder {
  readonly id: string;
  readonly parcel: OrderedParcel;
  readonly kind: RightKind;
  readonly from: Day;
  readonly reason: RightOrderReason;
  readonly before: readonly OrderShare[];
  readonly after: readonly OrderShare[];
  readonly evidence: string;
}

export interface RightOrder extends NewRightOrder {
  readonly state: RightOrderState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

export interface RightOrderFilter {
  /** Villages of these regions only. */
  readonly scope: readonly string[];
  readonly state?: RightOrderState;
  readonly count: number;
}

type StoredShare = Omit<OrderShare, 'sharePpm'> & { readonly sharePpm: string };

type OrderRow = Omit<RightOrder, 'parcel' | 'before' | 'after'> & {
  readonly parcel: string;
  readonly code: string;
  readonly village: string;
  readonly rightsVersion: string;
  readonly before: readonly StoredShare[];
  readonly after: readonly StoredShare[];
};

const COLUMNS = `o.id, o.parcel, p.code, p.village, o.rights_version AS "rightsVersion", o.kind, o.from_day::text AS "from",
  o.reason, o.before, o.after, o.evidence, o.state, o.proposed_by AS "proposedBy", o.proposed_at AS "proposedAt",
  o.decided_by AS "decidedBy", o.decided_at AS "decidedAt", o.rejection`;
const FROM = `registry.right_order o JOIN registry.parcel p ON p.book = o.book AND p.id = o.parcel`;

@Injectable()
export class RightOrderStore {
  /** The parcel, held against other changes of its rights until the unit of work ends. */
  async lockParcel(tx: Tx, code: string): Promise<HeldParcel | undefined> {
    const rows = await tx.query<Omit<HeldParcel, 'rightsVersion'> & { rightsVersion: string }>(
      `SELECT p.id, p.code, p.village, p.rights_version AS "rightsVersion", upper(p.valid)::text AS "closedOn"
         FROM registry.parcel p
        WHERE p.book = $1 AND p.code = $2 FOR NO KEY UPDATE`,
      [tx.book, code],
    );
    return rows.map((row) => ({ ...row, rightsVersion: BigInt(row.rightsVersion) }))[0];
  }

  /** The shares of a kind that hold on the day or begin later, by external number. */
  async held(tx: Tx, parcel: string, kind: RightKind, day: Day): Promise<HeldShare[]> {
    const rows = await tx.query<Omit<HeldShare, 'sharePpm'> & { sharePpm: string }>(
      `SELECT r.id, r.party, t.external_no AS "externalNo", r.share_ppm AS "sharePpm", r.document_no AS "documentNo",
              lower(r.valid)::text AS "from", (upper(r.valid) - 1)::text AS "to"
         FROM registry.right_share r JOIN registry.party t ON t.book = r.book AND t.id = r.party
        WHERE r.book = $1 AND r.parcel = $2 AND r.kind = $3 AND coalesce(upper(r.valid), 'infinity') > $4::date
        ORDER BY t.external_no COLLATE "C", lower(r.valid)`,
      [tx.book, parcel, kind, day],
    );
    return rows.map((row) => ({ ...row, sharePpm: BigInt(row.sharePpm) }));
  }

  async partiesOf(tx: Tx, externalNos: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ externalNo: string; id: string }>(
      `SELECT t.external_no AS "externalNo", t.id FROM registry.party t
        WHERE t.book = $1 AND t.external_no = ANY ($2::text[])`,
      [tx.book, externalNos],
    );
    return new Map(rows.map(({ externalNo, id }) => [externalNo, id]));
  }

  async insert(tx: Tx, order: NewRightOrder): Promise<void> {
    await tx.query(
      `INSERT INTO registry.right_order (book, id, parcel, kind, from_day, reason, before, after, evidence, rights_version,
              proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[tx.book, order.id, order.parcel.id, order.kind, order.from, order.reason],
        ...[
          storedOf(order.before),
          storedOf(order.after),
          order.evidence,
          order.parcel.rightsVersion.toString(),
        ],
        ...[tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<RightOrder | undefined> {
    const rows = await tx.query<OrderRow>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE o.book = $1 AND o.id = $2 FOR UPDATE OF o`,
      [tx.book, id],
    );
    return rows.map(orderOf)[0];
  }

  /** The newest first. */
  async list(from: Pick<Database, 'query'>, book: number, filter: RightOrderFilter): Promise<RightOrder[]> {
    const rows = await from.query<OrderRow>(
      `SELECT ${COLUMNS} FROM ${FROM}
        WHERE o.book = $1 AND ($2::text IS NULL OR o.state = $2)
          AND EXISTS (SELECT FROM unnest($3::text[]) own WHERE starts_with(p.village, own))
        ORDER BY o.proposed_at DESC, o.id LIMIT $4`,
      [book, filter.state ?? null, filter.scope, filter.count],
    );
    return rows.map(orderOf);
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.query(
      `UPDATE registry.right_order SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }

  /** Ends shares with the day before the order's, and begins others on it. */
  async apply(
    tx: Tx,
    { id, parcel, kind, from }: RightOrder,
    { ended, added }: { ended: readonly HeldShare[]; added: readonly OrderShare[] },
  ): Promise<void> {
    if (ended.length > 0) {
      const count = await tx.execute(
        `UPDATE registry.right_share r SET valid = daterange(lower(r.valid), $3::date), ended_by = $4
          WHERE r.book = $1 AND r.id = ANY ($2::uuid[])`,
        [tx.book, ended.map((share) => share.id), from, id],
      );
      invariant(count === ended.length, 'the shares of a locked parcel are there');
    }
    if (added.length === 0) return;
    await tx.execute(
      `INSERT INTO registry.right_share (book, id, parcel, party, kind, share_ppm, valid, document_no, recorded_at, made_by)
       SELECT $1, gen_random_uuid(), $2, n.party, $3, n.share_ppm, daterange($4::date, NULL), n.document_no, $5, $6
         FROM unnest($7::uuid[], $8::bigint[], $9::text[]) AS n (party, share_ppm, document_no)`,
      [
        ...[tx.book, parcel.id, kind, from, tx.now, id],
        added.map(({ party }) => party),
        added.map(({ sharePpm }) => sharePpm.toString()),
        added.map(({ documentNo }) => documentNo),
      ],
    );
  }
}

const storedOf = (shares: readonly OrderShare[]): string =>
  JSON.stringify(
    shares.map(({ party, externalNo, sharePpm, documentNo }) => ({
      ...{ party, externalNo, documentNo },
      sharePpm: sharePpm.toString(),
    })),
  );

const shareOf = (share: StoredShare): OrderShare => ({ ...share, sharePpm: BigInt(share.sharePpm) });

const orderOf = ({ parcel, code, village, rightsVersion, before, after, ...row }: OrderRow): RightOrder => ({
  ...row,
  parcel: { id: parcel, code, village, rightsVersion: BigInt(rightsVersion) },
  before: before.map(shareOf),
  after: after.map(shareOf),
});
