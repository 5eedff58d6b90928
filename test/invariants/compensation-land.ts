import { newId } from '@app/kernel';
import type { Tx } from '@app/platform';

/** 城关镇. */
export const TOWN = '610924100';

export interface Land {
  readonly parcel: string;
  readonly right: string;
  readonly party: string;
  readonly village: string;
}

/** What a parcel is unless a test says otherwise: 12.30 mu of one household, in scope, its right registered. */
export interface LandTerms {
  readonly village: string;
  readonly areaMu100: bigint;
  readonly level: string;
  readonly forestClass: string;
  readonly landProtection: number | null;
  readonly tenure: string;
  readonly registered: boolean;
  readonly scope: string | null;
  readonly rightKind: string;
  readonly sharePpm: bigint;
  readonly valid: string;
  /** Rights of one parcel, or of one party, name it. */
  readonly parcel: string;
  readonly party: string;
  readonly phoneIndex: Buffer | null;
}

let serial = 0;

/** One parcel with one right for each of the terms, in that order, in one statement a table. */
export async function insertLand(tx: Tx, terms: readonly Partial<LandTerms>[]): Promise<Land[]> {
  const rows = terms.map((over) => ({
    village: `${TOWN}001`,
    areaMu100: 1_230n,
    level: 'national',
    forestClass: 'broadleaf',
    landProtection: null,
    tenure: 'individual',
    registered: true,
    scope: '[2024-01-01,)',
    rightKind: 'management',
    sharePpm: 1_000_000n,
    valid: '[2020-01-01,)',
    parcel: newId(),
    party: newId(),
    phoneIndex: null,
    right: newId(),
    code: `XB${String((serial += 1)).padStart(6, '0')}`,
    ...over,
  }));
  const column = <Key extends keyof (typeof rows)[number]>(key: Key) =>
    rows.map((row) => (typeof row[key] === 'bigint' ? String(row[key]) : row[key]));
  await tx.query(
    `INSERT INTO registry.land_unit (book, id, code, recorded_at)
         SELECT DISTINCT ON (p) $1::int, p, 'LU' || p::text, $2::timestamptz FROM unnest($3::uuid[]) AS p
         ON CONFLICT DO NOTHING`,
    [tx.book, tx.now, column('parcel')],
  );
  await tx.query(
    `INSERT INTO registry.parcel (book, id, land_unit, code, village, forest_class, age_group, origin,
                public_welfare_level, tenure, area_mu100, right_registered, scope_decision, scope, recorded_at,
                land_protection)
         SELECT $1, p.id, p.id, p.code, p.village, p.class, 'middle', 'natural', p.level, p.tenure, p.area,
                p.registered, CASE WHEN p.scope IS NOT NULL THEN '范围〔2024〕18号' END, p.scope::daterange, $2, p.protection
           FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::boolean[],
                       $10::text[], $11::text[], $12::int[])
                AS p (id, code, village, level, tenure, area, registered, scope, class, protection)
         ON CONFLICT DO NOTHING`,
    [
      tx.book,
      tx.now,
      ...(['parcel', 'code', 'village', 'level', 'tenure', 'areaMu100', 'registered', 'scope'] as const).map(
        column,
      ),
      ...(['forestClass', 'landProtection'] as const).map(column),
    ],
  );
  await tx.query(
    `INSERT INTO registry.party (book, id, external_no, kind, name, region, phone_sealed, phone_index, recorded_at)
         SELECT $1, t.id, 'HH' || t.id::text, 'household', '户' || left(t.id::text, 4), t.village,
                t.phone, t.phone, $2
           FROM unnest($3::uuid[], $4::text[], $5::bytea[]) AS t (id, village, phone) ON CONFLICT DO NOTHING`,
    [tx.book, tx.now, column('party'), column('village'), column('phoneIndex')],
  );
  await tx.query(
    `INSERT INTO registry.right_share (book, id, parcel, party, kind, share_ppm, valid, document_no, recorded_at)
         SELECT $1, r.id, r.parcel, r.party, r.kind, r.share, r.valid::daterange, '合同1号', $2
           FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bigint[], $8::text[])
                AS r (id, parcel, party, kind, share, valid)`,
    [
      tx.book,
      tx.now,
      ...(['right', 'parcel', 'party', 'rightKind', 'sharePpm', 'valid'] as const).map(column),
    ],
  );
  return rows.map(({ parcel, right, party, village }) => ({ parcel, right, party, village }));
}
