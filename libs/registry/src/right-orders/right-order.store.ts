import { Injectable } from '@nestjs/common';

import { invariant, type Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { RightKind } from '../registry.words';
import type { CorrectedDays, correctionSteps } from './correction.rules';
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
  /** The last day that a correction is about; open when null. */
  readonly to?: Day | null;
  /** The order about a party that moves it, proposed by somebody else than who is at work. */
  readonly event?: { readonly partyOrder: string; readonly proposedBy: string; readonly proposedAt: Date };
}

export interface RightOrder extends Omit<NewRightOrder, 'event' | 'to'> {
  readonly to: Day | null;
  readonly state: RightOrderState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
  /** The order about a party that it came with. */
  readonly partyOrder: string | null;
}

export interface RightOrderFilter {
  /** Villages of these regions only. */
  readonly scope: readonly string[];
  readonly state?: RightOrderState;
  readonly count: number;
}

export type StoredShare = Omit<OrderShare, 'sharePpm'> & { readonly sharePpm: string };

type OrderRow = Omit<RightOrder, 'parcel' | 'before' | 'after'> & {
  readonly parcel: string;
  readonly code: string;
  readonly village: string;
  readonly rightsVersion: string;
  readonly before: readonly StoredShare[];
  readonly after: readonly StoredShare[];
};

const COLUMNS = `o.id, o.parcel, p.code, p.village, o.rights_version AS "rightsVersion", o.kind, o.from_day::text AS "from", o.to_day::text AS "to",
  o.reason, o.before, o.after, o.evidence, o.state, o.proposed_by AS "proposedBy", o.proposed_at AS "proposedAt",
  o.decided_by AS "decidedBy", o.decided_at AS "decidedAt", o.rejection,
  o.party_order AS "partyOrder"`;
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
  held(tx: Tx, parcel: string, kind: RightKind, day: Day): Promise<HeldShare[]> {
    return this.meeting(tx, parcel, kind, { from: day, to: null });
  }

  /** The shares of a kind that hold on some of the days, by external number. */
  async meeting(tx: Tx, parcel: string, kind: RightKind, { from, to }: CorrectedDays): Promise<HeldShare[]> {
    const rows = await tx.query<Omit<HeldShare, 'sharePpm'> & { sharePpm: string }>(
      `SELECT r.id, r.party, t.external_no AS "externalNo", r.share_ppm AS "sharePpm", r.document_no AS "documentNo",
              lower(r.valid)::text AS "from", (upper(r.valid) - 1)::text AS "to"
         FROM registry.right_share r JOIN registry.party t ON t.book = r.book AND t.id = r.party
        WHERE r.book = $1 AND r.parcel = $2 AND r.kind = $3 AND r.valid && daterange($4::date, $5::date, '[]')
        ORDER BY t.external_no COLLATE "C", lower(r.valid)`,
      [tx.book, parcel, kind, from, to],
    );
    return rows.map((row) => ({ ...row, sharePpm: BigInt(row.sharePpm) }));
  }

  /** What was believed of the days goes into registry.right_share_past: the database writes it. */
  async correct(
    tx: Tx,
    { id, parcel, kind }: Pick<NewRightOrder, 'id' | 'parcel' | 'kind'>,
    { redated, added }: ReturnType<typeof correctionSteps>,
  ): Promise<void> {
    if (redated.length > 0) {
      const count = await tx.execute(
        `UPDATE registry.right_share r
            SET valid = CASE WHEN n.first IS NULL THEN 'empty' ELSE daterange(n.first, n.last, '[]') END,
                corrected_by = $2, corrected_at = $3
           FROM unnest($4::uuid[], $5::date[], $6::date[]) AS n (id, first, last)
          WHERE r.book = $1 AND r.id = n.id`,
        [
          ...[tx.book, id, tx.now, redated.map(({ share }) => share.id)],
          redated.map(({ days }) => days?.from ?? null),
          redated.map(({ days }) => days?.to ?? null),
        ],
      );
      invariant(count === redated.length, 'the shares of a locked parcel are there');
    }
    for (const from of new Set(added.map((share) => share.from))) {
      const ofDay = added.filter((share) => share.from === from);
      await this.apply(tx, { id, parcel, kind, from }, { ended: [], added: ofDay });
    }
  }

  /** Those that are not closed on the day, by external number. */
  async partiesOf(tx: Tx, externalNos: readonly string[], day: Day): Promise<Map<string, string>> {
    const rows = await tx.query<{ externalNo: string; id: string }>(
      `SELECT t.external_no AS "externalNo", t.id FROM registry.party t
        WHERE t.book = $1 AND t.external_no = ANY ($2::text[]) AND (t.closed_on IS NULL OR t.closed_on > $3::date)`,
      [tx.book, externalNos, day],
    );
    return new Map(rows.map(({ externalNo, id }) => [externalNo, id]));
  }

  async insert(tx: Tx, order: NewRightOrder): Promise<void> {
    await tx.query(
      `INSERT INTO registry.right_order (book, id, parcel, kind, from_day, reason, before, after, evidence, rights_version,
              proposed_by, proposed_at, party_order, to_day)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[tx.book, order.id, order.parcel.id, order.kind, order.from, order.reason],
        ...[
          storedOf(order.before),
          storedOf(order.after),
          order.evidence,
          order.parcel.rightsVersion.toString(),
        ],
        order.event?.proposedBy ?? tx.context.actor,
        ...[order.event?.proposedAt ?? tx.now, order.event?.partyOrder ?? null, order.to ?? null],
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

  /** Ends shares with the day before the order's, and begins others on it, until `to` if they have one. */
  async apply(
    tx: Tx,
    { id, parcel, kind, from }: Pick<NewRightOrder, 'id' | 'parcel' | 'kind' | 'from'>,
    {
      ended,
      added,
    }: { ended: readonly HeldShare[]; added: readonly (OrderShare & { readonly to?: Day | null })[] },
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
       SELECT $1, gen_random_uuid(), $2, n.party, $3, n.share_ppm, daterange($4::date, n.until, '[]'), n.document_no, $5, $6
         FROM unnest($7::uuid[], $8::bigint[], $9::text[], $10::date[]) AS n (party, share_ppm, document_no, until)`,
      [
        ...[tx.book, parcel.id, kind, from, tx.now, id],
        added.map(({ party }) => party),
        added.map(({ sharePpm }) => sharePpm.toString()),
        added.map(({ documentNo }) => documentNo),
        added.map(({ to }) => to ?? null),
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

export const shareOf = (share: StoredShare): OrderShare => ({ ...share, sharePpm: BigInt(share.sharePpm) });

const orderOf = ({ parcel, code, village, rightsVersion, before, after, ...row }: OrderRow): RightOrder => ({
  ...row,
  parcel: { id: parcel, code, village, rightsVersion: BigInt(rightsVersion) },
  before: before.map(shareOf),
  after: after.map(shareOf),
});
