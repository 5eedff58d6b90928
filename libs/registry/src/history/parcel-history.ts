import { Injectable } from '@nestjs/common';

import { startOf, addDays, type Day } from '@app/kernel';
import { Database } from '@app/platform';
import { payableOn } from '../payable.rules';
import { STORED_FACTS, writtenOf } from '../parcel-facts/parcel-facts.rules';
import type { ParcelStatus, RightKind } from '../registry.words';

/** A parcel with the facts that hold on a day. */
export interface ListedParcel {
  readonly id: string;
  readonly code: string;
  readonly landUnitCode: string;
  readonly village: string;
  readonly forestClass: string;
  readonly ageGroup: string;
  readonly origin: string;
  readonly publicWelfareLevel: string;
  readonly tenure: string;
  readonly areaMu100: bigint;
  readonly dominantSpecies: string | null;
  readonly rightRegistered: boolean;
  /** Registered and inside a scope of compensation on the day. */
  readonly isPayable: boolean;
  /** As it is now: it is not kept by day. */
  readonly status: ParcelStatus;
}

export interface ParcelFilter {
  readonly day: Day;
  /** Only parcels in one of these regions: what the reader may see. */
  readonly scope: readonly string[];
  readonly region?: string;
  /** Beginning of a code, or a whole certificate, unit or patch number. */
  readonly q?: string;
  /** The code after which the page begins. */
  readonly after?: string;
  readonly count: number;
}

/** A fact by its column, as text: `{areaMu100: "1230"}`. */
export type FactsByName = Readonly<Record<string, string | null>>;

export interface ParcelPiece {
  /** First and last day; null where nobody knows since when, or where it still holds. */
  readonly from: Day | null;
  readonly to: Day | null;
  readonly facts: FactsByName;
  readonly recordedAt: Date;
  /** When it was no longer held to be true; null while it is. */
  readonly supersededAt: Date | null;
  /** The order it rests on; null for what was imported or made with the parcel. */
  readonly order: string | null;
}

export interface HeldRight {
  readonly kind: RightKind;
  readonly partyExternalNo: string;
  readonly partyName: string;
  readonly sharePpm: bigint;
  readonly from: Day;
  readonly to: Day | null;
  readonly documentNo: string;
}

export interface ParcelRecord {
  readonly id: string;
  readonly code: string;
  readonly landUnitCode: string;
  readonly village: string;
  readonly status: ParcelStatus;
  /** First day on which it is no more. */
  readonly closedOn: Day | null;
  /** What holds on the day asked about; null before its first and after its last. */
  readonly facts: FactsByName | null;
  /** Who had which right on the day. */
  readonly rights: readonly HeldRight[];
  /** All that is and was held to be true of it, by day and then by when it was recorded. */
  readonly history: readonly ParcelPiece[];
  /** Every share there ever was, the newest first. */
  readonly rightsHistory: readonly HeldRight[];
  /** Codes of the parcels it came from and of those it became. */
  readonly cameFrom: readonly string[];
  readonly became: readonly string[];
}

type RightRow = Omit<HeldRight, 'sharePpm'> & { readonly sharePpm: string };
type PieceRow = Omit<ParcelPiece, 'facts'> & { readonly facts: FactsByName };
interface HeadRow extends Omit<ParcelRecord, 'facts' | 'rights' | 'history' | 'rightsHistory'> {
  readonly facts: FactsByName | null;
}

function named(row: FactsByName): FactsByName {
  const [scopeFrom = '', scopeTo = ''] = writtenOf('scope', row.scope ?? null).split('/');
  const facts = STORED_FACTS.filter((fact) => fact !== 'scope').map((fact) => [
    camel(fact),
    row[fact] ?? null,
  ]);
  return { ...Object.fromEntries(facts), scopeFrom: scopeFrom || null, scopeTo: scopeTo || null };
}
const camel = (column: string): string =>
  column.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
const asText = (row: string): string =>
  `(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each_text(to_jsonb(${row})) e)`;

const RIGHTS = `
  SELECT r.kind, r.party_external_no AS "partyExternalNo", r.party_name AS "partyName", r.share_ppm AS "sharePpm",
         lower(r.valid)::text AS "from", (upper(r.valid) - 1)::text AS "to", r.document_no AS "documentNo"
    FROM registry.right_current r WHERE r.book = $1 AND r.parcel = $2`;

/** The registry of land as of any day, and what was held to be true of it before. */
@Injectable()
export class ParcelHistory {
  constructor(private readonly database: Database) {}

  /** Parcels that there are on the day, by code. */
  async list(book: number, filter: ParcelFilter): Promise<ListedParcel[]> {
    const rows = await this.database.query<Omit<ListedParcel, 'areaMu100'> & { areaMu100: string }>(
      `SELECT p.id, p.code, p.land_unit_code AS "landUnitCode", p.village, p.forest_class AS "forestClass",
              p.age_group AS "ageGroup", p.origin, p.public_welfare_level AS "publicWelfareLevel", p.tenure,
              p.area_mu100 AS "areaMu100", p.dominant_species AS "dominantSpecies",
              p.right_registered AS "rightRegistered", ${payableOn('p', '$2')} AS "isPayable", p.status
         FROM registry.parcel_on($1, $2::date) p
        WHERE EXISTS (SELECT FROM unnest($3::text[]) s WHERE starts_with(p.village, s))
          AND starts_with(p.village, $4)
          AND ($5::text IS NULL OR starts_with(p.code, $5) OR p.certificate_no = $5 OR p.real_estate_unit_no = $5
               OR p.real_estate_certificate_no = $5 OR p.map_patch_no = $5)
          AND ($6::text IS NULL OR p.code > $6)
        ORDER BY p.code LIMIT $7`,
      [
        ...[book, filter.day, filter.scope, filter.region ?? '', filter.q ?? null],
        ...[filter.after ?? null, filter.count],
      ],
    );
    return rows.map((row) => ({ ...row, areaMu100: BigInt(row.areaMu100) }));
  }

  /**
   * A parcel as of the day, with its whole history; of the day as it was known at the end of another day, where one is
   * named.
   */
  async one(book: number, code: string, day: Day, knownOn?: Day): Promise<ParcelRecord | undefined> {
    const at = knownOn === undefined ? null : startOf(addDays(knownOn, 1));
    const [head] = await this.database.query<HeadRow>(
      `SELECT p.id, p.code, l.code AS "landUnitCode", p.village, p.status, upper(p.valid)::text AS "closedOn",
              CASE WHEN $4::timestamptz IS NULL
                   THEN (SELECT ${asText('f')} FROM registry.parcel_on($1, $3::date) f WHERE f.id = p.id)
                   ELSE (SELECT ${asText('f')} FROM registry.parcel_believed($1, $3::date, $4 - interval '1 microsecond') f
                          WHERE f.id = p.id) END AS facts,
              ARRAY(SELECT q.code FROM registry.land_order_parent n
                      JOIN registry.parcel q ON q.book = n.book AND q.id = n.parcel
                     WHERE n.book = p.book AND n.land_order = p.founded_by ORDER BY q.code) AS "cameFrom",
              ARRAY(SELECT q.code FROM registry.parcel q
                     WHERE q.book = p.book AND q.founded_by = p.closed_by ORDER BY q.code) AS became
         FROM registry.parcel p JOIN registry.land_unit l ON l.book = p.book AND l.id = p.land_unit
        WHERE p.book = $1 AND p.code = $2`,
      [book, code, day, at],
    );
    if (!head) return undefined;
    const pieces = await this.database.query<PieceRow>(
      `SELECT q.*, lower(q.valid)::text AS "from", (upper(q.valid) - 1)::text AS "to" FROM (
         SELECT h.valid, ${asText('h')} AS facts, h.recorded_at AS "recordedAt", h.superseded_at AS "supersededAt",
                h.made_by AS "order" FROM registry.parcel_past h WHERE h.book = $1 AND h.id = $2
         UNION ALL
         SELECT p.valid, ${asText('p')}, coalesce(p.facts_at, p.recorded_at), NULL, p.made_by
           FROM registry.parcel p WHERE p.book = $1 AND p.id = $2) q
        ORDER BY lower(q.valid) NULLS FIRST, q."recordedAt", q."supersededAt" NULLS LAST`,
      [book, head.id],
    );
    const rights = await this.rights(`${RIGHTS} AND r.valid @> $3::date ORDER BY 1, 2`, [book, head.id, day]);
    const all = await this.rights(`${RIGHTS} ORDER BY lower(r.valid) DESC, 1, 2`, [book, head.id]);
    return {
      ...head,
      facts: head.facts && named(head.facts),
      rights,
      history: pieces.map(({ from, to, facts, recordedAt, supersededAt, order }) => ({
        ...{ from, to, facts: named(facts), recordedAt, supersededAt, order },
      })),
      rightsHistory: all,
    };
  }

  private async rights(sql: string, params: readonly unknown[]): Promise<HeldRight[]> {
    const rows = await this.database.query<RightRow>(sql, params);
    return rows.map((row) => ({ ...row, sharePpm: BigInt(row.sharePpm) }));
  }
}
