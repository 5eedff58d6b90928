import { Injectable } from '@nestjs/common';

import { idOf, type Day } from '@app/kernel';
import { isStored, type Database, type Tx } from '@app/platform';
import type { LockedParcel } from '../parcel-facts/parcel-timeline';
import type { StoredFacts } from '../parcel-facts/parcel-facts.rules';
import type { CarriedShare, ParentShare } from './carried-shares.rules';
import type { LandOrderKind, MadeChild } from './land-order.rules';

export type LandOrderState = 'proposed' | 'approved' | 'rejected';

export interface NewLandOrder {
  readonly id: string;
  readonly kind: LandOrderKind;
  readonly from: Day;
  readonly surveyNo: string | null;
  readonly evidence: string;
  readonly evidenceSha256: string | null;
  readonly children: readonly MadeChild[];
}

/** A former parcel as it is now, and what it was when the order was proposed. */
export interface OrderedParent {
  readonly code: string;
  readonly village: string;
  readonly facts: StoredFacts;
  readonly version: bigint;
  readonly rightsVersion: bigint;
}

export interface LandOrder extends NewLandOrder {
  readonly no: bigint;
  readonly village: string;
  readonly parents: readonly OrderedParent[];
  /** Whether the book keeps the file that the hash names. */
  readonly evidenceStored: boolean;
  readonly state: LandOrderState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

export interface LandOrderFilter {
  readonly scope: readonly string[];
  readonly state?: LandOrderState;
  /** Code of a parcel that it closes or makes. */
  readonly parcel?: string;
  readonly before?: bigint;
  readonly count: number;
}

type StoredParent = Omit<OrderedParent, 'version' | 'rightsVersion'> & {
  readonly version: string;
  readonly rightsVersion: string;
};
type OrderRow = Omit<LandOrder, 'no' | 'village' | 'parents'> & {
  readonly no: string;
  readonly parents: readonly StoredParent[];
};

/** The parents' areas are read as they were on the last day before the order where it was approved. */
const PARENTS = `(SELECT jsonb_agg(jsonb_build_object('code', p.code, 'village', p.village, 'version', n.version::text,
    'rightsVersion', n.rights_version::text, 'facts', jsonb_build_object('area_mu100', p.area_mu100::text)) ORDER BY p.code)
  FROM registry.land_order_parent n JOIN registry.parcel p ON p.book = n.book AND p.id = n.parcel
 WHERE n.book = o.book AND n.land_order = o.id)`;
const COLUMNS = `o.id, o.no, o.kind, o.from_day::text AS "from", o.survey_no AS "surveyNo", o.evidence,
  o.evidence_sha256 AS "evidenceSha256", ${isStored('o', 'evidence_sha256')} AS "evidenceStored", o.children, ${PARENTS} AS parents, o.state,
  o.proposed_by AS "proposedBy", o.proposed_at AS "proposedAt", o.decided_by AS "decidedBy",
  o.decided_at AS "decidedAt", o.rejection`;

@Injectable()
export class LandOrderStore {
  /** The shares that hold on the day or begin later. */
  async shares(tx: Tx, parcels: readonly string[], day: Day): Promise<(ParentShare & { from: Day })[]> {
    const rows = await tx.query<Omit<ParentShare, 'sharePpm'> & { sharePpm: string; from: Day }>(
      `SELECT r.parcel, r.kind, r.party, t.external_no AS "externalNo", r.share_ppm AS "sharePpm",
              lower(r.valid)::text AS "from", (upper(r.valid) - 1)::text AS "to", r.document_no AS "documentNo"
         FROM registry.right_share r JOIN registry.party t ON t.book = r.book AND t.id = r.party
        WHERE r.book = $1 AND r.parcel = ANY ($2::uuid[]) AND r.valid && daterange($3::date, NULL)
        ORDER BY r.kind, t.external_no COLLATE "C", r.parcel`,
      [tx.book, parcels, day],
    );
    return rows.map((row) => ({ ...row, sharePpm: BigInt(row.sharePpm) }));
  }

  /** Open parcels on the land of these, themselves left out. */
  async neighbours(tx: Tx, parcels: readonly LockedParcel[]): Promise<string[]> {
    const rows = await tx.query<{ code: string }>(
      `SELECT p.code FROM registry.parcel p
        WHERE p.book = $1 AND p.land_unit = ANY ($2::uuid[]) AND p.id <> ALL ($3::uuid[]) AND upper_inf(p.valid)
        ORDER BY p.code`,
      [tx.book, parcels.map(({ landUnit }) => landUnit), parcels.map(({ id }) => id)],
    );
    return rows.map(({ code }) => code);
  }

  /** Those codes of parcels or land units that the book has already. */
  async taken(tx: Tx, children: readonly MadeChild[]): Promise<string[]> {
    const rows = await tx.query<{ code: string }>(
      `SELECT p.code FROM registry.parcel p WHERE p.book = $1 AND p.code = ANY ($2::text[])
        UNION SELECT u.code FROM registry.land_unit u WHERE u.book = $1 AND u.code = ANY ($3::text[]) ORDER BY 1`,
      [tx.book, children.map(({ code }) => code), children.map(({ landUnitCode }) => landUnitCode)],
    );
    return rows.map(({ code }) => code);
  }

  async insert(
    tx: Tx,
    order: NewLandOrder,
    parents: readonly LockedParcel[],
    shares: readonly CarriedShare[],
  ): Promise<void> {
    const children = order.children.map((child) => ({
      ...child,
      id: idOf('registry.parcel', String(tx.book), child.code),
      landUnit: idOf('registry.land-unit', String(tx.book), child.landUnitCode),
      shares: shares.map(({ kind, party, sharePpm, to, documentNo }) => ({
        ...{ kind, party, to, documentNo },
        sharePpm: sharePpm.toString(),
      })),
    }));
    await tx.query(
      `INSERT INTO registry.land_order (book, id, kind, from_day, children, survey_no, evidence, evidence_sha256,
              proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[tx.book, order.id, order.kind, order.from, JSON.stringify(children), order.surveyNo],
        ...[order.evidence, order.evidenceSha256, tx.context.actor, tx.now],
      ],
    );
    await tx.query(
      `INSERT INTO registry.land_order_parent (book, land_order, parcel, version, rights_version)
       SELECT $1, $2, n.parcel, n.version, n.rights_version
         FROM unnest($3::uuid[], $4::bigint[], $5::bigint[]) AS n (parcel, version, rights_version)`,
      [
        ...[tx.book, order.id, parents.map(({ id }) => id)],
        parents.map(({ version }) => version.toString()),
        parents.map(({ rightsVersion }) => rightsVersion.toString()),
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<LandOrder | undefined> {
    const rows = await tx.query<OrderRow>(
      `SELECT ${COLUMNS} FROM registry.land_order o WHERE o.book = $1 AND o.id = $2 FOR UPDATE OF o`,
      [tx.book, id],
    );
    return rows.map(orderOf)[0];
  }

  /** The newest first. */
  async list(from: Pick<Database, 'query'>, book: number, filter: LandOrderFilter): Promise<LandOrder[]> {
    const rows = await from.query<OrderRow>(
      `SELECT ${COLUMNS} FROM registry.land_order o
        WHERE o.book = $1 AND ($2::text IS NULL OR o.state = $2) AND ($3::bigint IS NULL OR o.no < $3)
          AND EXISTS (SELECT FROM registry.land_order_parent n
                        JOIN registry.parcel p ON p.book = n.book AND p.id = n.parcel
                        JOIN unnest($4::text[]) own ON starts_with(p.village, own)
                       WHERE n.book = o.book AND n.land_order = o.id)
          AND ($5::text IS NULL OR o.id IN (
            SELECT n.land_order FROM registry.parcel p
              JOIN registry.land_order_parent n ON n.book = p.book AND n.parcel = p.id
             WHERE p.book = $1 AND p.code = $5
             UNION SELECT p.founded_by FROM registry.parcel p WHERE p.book = $1 AND p.code = $5))
        ORDER BY o.no DESC LIMIT $6`,
      [
        ...[book, filter.state ?? null, filter.before?.toString() ?? null, filter.scope],
        ...[filter.parcel ?? null, filter.count],
      ],
    );
    return rows.map(orderOf);
  }

  /** Approving is what closes and makes the parcels: the database does it with the decision. */
  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.query(
      `UPDATE registry.land_order SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }
}

const orderOf = (row: OrderRow): LandOrder => ({
  ...row,
  no: BigInt(row.no),
  village: row.parents[0]?.village ?? '',
  parents: row.parents.map((parent) => ({
    ...parent,
    version: BigInt(parent.version),
    rightsVersion: BigInt(parent.rightsVersion),
  })),
});
