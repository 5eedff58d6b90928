import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import type { Tx } from '@app/platform';
import { yearOf, type Period } from '../period.rules';
import { ILLUSTRATIVE_NOTE, type MeasuringSets } from './coefficient.store';

/** A region and the days that are measured there. */
export interface MeasuringScope {
  /** Region code, longest prefix rule. */
  readonly region: string;
  readonly period: Period;
}

export type Outcome = 'confirm' | 'reject';

/** Which measurements a re-check is about. */
export interface Checking extends MeasuringScope {
  readonly outcome: Outcome;
  /** Parcel codes; null: all of the scope. */
  readonly parcelCodes: readonly string[] | null;
}

/** Parcels that got no measurement now, by reason. */
export interface Skipped {
  /** Measured before for this period, and not rejected. */
  readonly measuredBefore: number;
  /** The class is not measured at all: farmland-reserved. */
  readonly withoutCoefficient: number;
  /** The land was credited for this time, under whatever scheme. */
  readonly creditedBefore: number;
  /** Lost by a reversal: first an order tells what is left of the parcel. */
  readonly lostAndNotToldAnew: number;
}

const ROUNDING = 'areaMu100 × gramsPerMu ÷ 100, half up, once';
const STOCK_ROUNDING =
  'areaMu100 ÷ 1500 × growthMilli × densityMilli × expansionMilli × (1000 + rootMilli) × carbonMilli ÷ 1000⁵ × 44 ÷ 12 × 10⁶, half up, once';

/** The half-open range of the days $2 to $3, both inside. */
const RANGE = `daterange($2::date, $3::date, '[]')`;

/** The set that measures a parcel: that of the method of its class. $5 is of coefficients, $8 of the classes $7. */
const SET_OF = `CASE WHEN p.forest_class = ANY ($7::text[]) THEN $8 ELSE $5 END`;

const CREDITED = `EXISTS (SELECT FROM credits.claim l
  WHERE l.book = p.book AND l.land_unit = p.land_unit AND l.period && ${RANGE})`;
const MEASURED = `EXISTS (SELECT FROM credits.measurement m
  WHERE m.book = p.book AND m.parcel = p.id AND m.year = $6 AND m.rejected_at IS NULL)`;
/**
 * Lost by a reversal, and nobody has told what is left of it: its facts are those of before, and it was measured for no
 * earlier year since.
 */
const LOST = `EXISTS (SELECT FROM credits.reversal_parcel l
   JOIN credits.reversal v ON v.book = l.book AND v.id = l.reversal AND v.state = 'approved' AND v.kind <> 'overestimate'
  WHERE l.book = p.book AND l.parcel = p.id
    AND (l.area_mu100, l.forest_class, l.age_group) = (p.area_mu100, p.forest_class, p.age_group)
    AND NOT EXISTS (SELECT FROM credits.measurement m WHERE m.book = l.book AND m.parcel = l.parcel
                       AND m.rejected_at IS NULL AND m.measured_at > v.decided_at AND m.year < $6))`;
const OF_SCOPE = `m.book = $1 AND m.year = $2 AND starts_with(m.village, $3)`;
/** What each outcome of the re-check may be given to. What was confirmed may still be rejected until it is issued. */
const OPEN_TO: Readonly<Record<Outcome, string>> = {
  confirm: `${OF_SCOPE} AND m.rejected_at IS NULL AND m.rechecked_at IS NULL`,
  reject: `${OF_SCOPE} AND m.rejected_at IS NULL AND m.issuance IS NULL`,
};

const ASSIGNED: Readonly<Record<Outcome, string>> = {
  confirm: 'rechecked_by = $5, rechecked_at = $6, rejection_note = $7',
  reject: 'rejected_by = $5, rejected_at = $6, rejection_note = $7',
};

@Injectable()
export class MeasurementStore {
  /**
   * One step at a time on the measurements of a book: what is measured, checked or issued is not measured, rejected
   * or issued by another meanwhile. The constraints on parcels and land are the last judge.
   */
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credits.measure', $1))`, [tx.book]);
  }

  /** The same for one township that is issued, while others are: it shuts out whoever holds the whole book. */
  async lockTownship(tx: Tx, township: string): Promise<void> {
    await tx.query(
      `SELECT pg_advisory_xact_lock_shared(hashtextextended('credits.measure', $1)),
              pg_advisory_xact_lock(hashtextextended('credits.issue/' || $2::text, $1))`,
      [tx.book, township],
    );
  }

  async skipped(tx: Tx, { region, period }: MeasuringScope, sets: MeasuringSets): Promise<Skipped> {
    const rows = await tx.query<Skipped>(
      `SELECT count(*) FILTER (WHERE q.measured)::int AS "measuredBefore",
              count(*) FILTER (WHERE NOT q.measured AND NOT q.known)::int AS "withoutCoefficient",
              count(*) FILTER (WHERE NOT q.measured AND q.known AND q.credited)::int AS "creditedBefore",
              count(*) FILTER (WHERE NOT q.measured AND q.known AND NOT q.credited AND q.lost)::int AS "lostAndNotToldAnew"
         FROM (SELECT ${MEASURED} AS measured, ${CREDITED} AS credited, ${LOST} AS lost,
                      EXISTS (SELECT FROM credits.coefficient c WHERE c.owner IN (0, $1) AND c.coefficient_set = ${SET_OF}
                         AND c.forest_class = p.forest_class AND c.age_group = p.age_group AND c.origin = p.origin) AS known
                 FROM registry.parcel_on($1, $3::date) p
                WHERE starts_with(p.village, $4) AND p.status <> 'cancelled') q`,
      [tx.book, period.from, period.to, region, sets.coefficient.version, yearOf(period), ...stockOf(sets)],
    );
    return present(rows[0], 'a count has a row');
  }

  /**
   * Measures every parcel of the scope that can be, with the facts of the last day measured and by the method of its class,
   * rounded half up once, with all that is needed to reckon it again by hand; where the figures come from stands in the set.
   * Returns the parcels.
   */
  async measure(
    tx: Tx,
    { region, period }: MeasuringScope,
    sets: MeasuringSets,
  ): Promise<{ parcel: string; grams: bigint; areaMu100: bigint }[]> {
    const rows = await tx.query<{ parcel: string; grams: string; area_mu100: string }>(
      `INSERT INTO credits.measurement (book, id, parcel, land_unit, village, year, forest_class, age_group,
              origin, set_owner, coefficient_set, area_mu100, grams_per_mu, grams, explanation, measured_by, measured_at,
              method_kind, species, growth_milli, density_milli, expansion_milli, root_milli, carbon_milli, multiplier_ppm)
       SELECT p.book, gen_random_uuid(), p.id, p.land_unit, p.village, $6, p.forest_class, p.age_group,
              p.origin, c.owner, c.coefficient_set, p.area_mu100, c.grams_per_mu_year, g.grams,
              jsonb_build_object('parcel', p.code, 'forestClass', p.forest_class, 'ageGroup', p.age_group, 'origin', p.origin,
                'areaMu100', p.area_mu100::text, 'gramsPerMu', c.grams_per_mu_year::text, 'grams', g.grams::text,
                'from', $2::text, 'to', $3::text, 'coefficientSet', c.coefficient_set)
                || CASE WHEN w.growth_milli IS NULL THEN $9::jsonb ELSE $10::jsonb || jsonb_build_object(
                  'species', w.species, 'growthMilli', w.growth_milli::text, 'densityMilli', f.density_milli::text,
                  'expansionMilli', f.expansion_milli::text, 'rootMilli', f.root_milli::text,
                  'carbonMilli', f.carbon_milli::text, 'growthSource', w.source) END
                || CASE WHEN a.id IS NULL THEN '{}' ELSE jsonb_build_object('multiplierPpm', a.multiplier_ppm::text,
                  'activity', a.id) END,
              $11, $12, CASE WHEN w.growth_milli IS NULL THEN 'coefficient' ELSE 'stock-change' END,
              w.species, w.growth_milli, f.density_milli, f.expansion_milli, f.root_milli, f.carbon_milli,
              coalesce(a.multiplier_ppm, 1000000)
         FROM registry.parcel_on($1, $3::date) p
         JOIN credits.coefficient c ON c.owner IN (0, $1) AND c.coefficient_set = ${SET_OF}
          AND c.forest_class = p.forest_class AND c.age_group = p.age_group AND c.origin = p.origin
         LEFT JOIN credits.growth w ON w.owner = c.owner AND w.coefficient_set = c.coefficient_set AND w.forest_class = c.forest_class
          AND w.age_group = c.age_group AND w.origin = c.origin
         LEFT JOIN credits.species_parameter f ON f.owner = w.owner AND f.coefficient_set = w.coefficient_set AND f.species = w.species
         LEFT JOIN credits.activity a ON a.book = p.book AND a.parcel = p.id AND a.state = 'approved' AND a.years @> $6::int
        CROSS JOIN LATERAL (SELECT CASE
          WHEN w.growth_milli IS NOT NULL THEN credits.stock_grams(p.area_mu100, w.growth_milli, f.density_milli,
            f.expansion_milli, f.root_milli, f.carbon_milli, coalesce(a.multiplier_ppm, 1000000))
          WHEN a.id IS NULL THEN (2 * p.area_mu100 * c.grams_per_mu_year + 100) / 200
          ELSE div(2::numeric * p.area_mu100 * c.grams_per_mu_year * a.multiplier_ppm + 100000000, 200000000)::bigint
          END AS grams) g
        WHERE starts_with(p.village, $4) AND p.status <> 'cancelled'
          AND NOT ${MEASURED} AND NOT ${CREDITED} AND NOT ${LOST}
        ORDER BY p.code
       RETURNING parcel, grams, area_mu100`,
      [
        tx.book,
        period.from,
        period.to,
        region,
        sets.coefficient.version,
        yearOf(period),
        ...stockOf(sets),
        explained(ROUNDING, sets.coefficient.illustrative),
        explained(STOCK_ROUNDING, sets.stockChange?.illustrative ?? false),
        tx.context.actor,
        tx.now,
      ],
    );
    return rows.map((row) => ({
      parcel: row.parcel,
      grams: BigInt(row.grams),
      areaMu100: BigInt(row.area_mu100),
    }));
  }

  /** How many are open to the outcome, how many of them the actor measured, and which named parcels are not. */
  async open(
    tx: Tx,
    { region, period, outcome, parcelCodes }: Checking,
  ): Promise<{ total: number; own: number; unknown: string[] }> {
    const rows = await tx.query<{ total: number; own: number; unknown: string[] }>(
      `WITH waiting AS (
         SELECT m.measured_by, p.code FROM credits.measurement m
           JOIN registry.parcel_current p ON p.book = m.book AND p.id = m.parcel
          WHERE ${OPEN_TO[outcome]}
            AND ($4::text[] IS NULL OR p.code = ANY ($4)))
       SELECT count(*)::int AS total, count(*) FILTER (WHERE measured_by = $5)::int AS own,
              ARRAY(SELECT u.code FROM unnest($4::text[]) AS u (code)
                     WHERE u.code NOT IN (SELECT w.code FROM waiting w) ORDER BY u.code) AS unknown
         FROM waiting`,
      [tx.book, yearOf(period), region, parcelCodes, tx.context.actor],
    );
    return present(rows[0], 'a count has a row');
  }

  /** Writes the outcome. Whoever measured is left out by the statement too, not by the check before it alone. */
  async check(
    tx: Tx,
    { region, period, outcome, parcelCodes }: Checking,
    rejectionNote: string | null,
  ): Promise<Checked> {
    const rows = await tx.query<{ parcels: number; grams: string }>(
      `WITH checked AS (
         UPDATE credits.measurement m SET ${ASSIGNED[outcome]}
          WHERE ${OPEN_TO[outcome]} AND m.measured_by <> $5
            AND ($4::text[] IS NULL OR m.parcel IN (
                 SELECT p.id FROM registry.parcel_current p WHERE p.book = $1 AND p.code = ANY ($4)))
         RETURNING m.grams)
       SELECT count(*)::int AS parcels, coalesce(sum(grams), 0)::text AS grams FROM checked`,
      [tx.book, yearOf(period), region, parcelCodes, tx.context.actor, tx.now, rejectionNote],
    );
    const row = present(rows[0], 'a count has a row');
    return { parcels: row.parcels, grams: BigInt(row.grams) };
  }
}

const stockOf = ({ stockChange, stockChangeClasses }: MeasuringSets): readonly unknown[] => [
  stockChangeClasses,
  stockChange?.version ?? null,
];

const explained = (rounding: string, isIllustrative: boolean): string =>
  JSON.stringify({ rounding, ...(isIllustrative ? { note: ILLUSTRATIVE_NOTE } : {}) });

export interface Checked {
  readonly parcels: number;
  readonly grams: bigint;
}
