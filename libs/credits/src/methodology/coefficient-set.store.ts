import { Injectable } from '@nestjs/common';

import { present, type Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { Coefficient } from './coefficients.rules';
import type { MethodKind } from './stock-change.rules';
import type { Growth, Species } from './stock-set.rules';

export type SetState = 'proposed' | 'approved' | 'rejected';

/** A set as lists show it. */
export interface ListedSet {
  readonly version: string;
  readonly method: string;
  readonly methodKind: MethodKind;
  readonly source: string;
  readonly illustrative: boolean;
  readonly validFrom: Day;
  readonly bufferPpm: bigint;
  readonly state: SetState;
  /** False: it came with the product. */
  readonly isOwn: boolean;
  readonly proposedBy: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
}

export interface ProposedSet {
  readonly version: string;
  readonly method: string;
  readonly source: string;
  readonly illustrative: boolean;
  readonly validFrom: Day;
  readonly bufferPpm: bigint;
}

export interface StockFactors {
  readonly species: readonly Species[];
  readonly growth: readonly Omit<Growth, 'grams' | 'evidenceNo' | 'halfWidthPpm'>[];
}

type SpeciesRow = Readonly<Record<keyof Species, string>>;

/** What a set would make of the book's parcels as they are now. */
export interface SetEffect {
  readonly parcels: number;
  readonly areaMu100: bigint;
  /** In a year. */
  readonly grams: bigint;
  /** Parcels of which the set says nothing: they would not be measured. */
  readonly parcelsWithout: number;
}

const COLUMNS = `s.version, s.method, s.method_kind AS "methodKind", s.source, s.illustrative,
  s.valid_from::text AS "validFrom", s.buffer_ppm AS "bufferPpm",
  s.state, s.book IS NOT NULL AS "isOwn", s.proposed_by AS "proposedBy", s.decided_by AS "decidedBy",
  s.decided_at AS "decidedAt", s.decision_note AS "decisionNote"`;

type ListedRow = Omit<ListedSet, 'bufferPpm'> & { readonly bufferPpm: string };

@Injectable()
export class CoefficientSetStore {
  /** Those of the book and those that came with the product, newest first. */
  async list(from: Pick<Database, 'query'>, book: number): Promise<ListedSet[]> {
    const rows = await from.query<ListedRow>(
      `SELECT ${COLUMNS} FROM credits.coefficient_set s WHERE s.book IS NULL OR s.book = $1
        ORDER BY s.valid_from DESC, s.version`,
      [book],
    );
    return rows.map(listedOf);
  }

  /** One of the book's own, locked until the unit of work ends. */
  async lockOwn(tx: Tx, version: string): Promise<ListedSet | undefined> {
    const rows = await tx.query<ListedRow>(
      `SELECT ${COLUMNS} FROM credits.coefficient_set s WHERE s.book = $1 AND s.version = $2 FOR UPDATE`,
      [tx.book, version],
    );
    return rows.map(listedOf)[0];
  }

  async coefficients(from: Pick<Database, 'query'>, book: number, version: string): Promise<Coefficient[]> {
    const rows = await from.query<
      Omit<Coefficient, 'grams' | 'halfWidthPpm'> & { grams: string; halfWidthPpm: string | null }
    >(
      `SELECT c.forest_class AS "forestClass", c.age_group AS "ageGroup", c.origin, c.grams_per_mu_year AS grams,
              c.evidence_no AS "evidenceNo", c.half_width_ppm AS "halfWidthPpm"
         FROM credits.coefficient c WHERE c.owner IN (0, $2) AND c.coefficient_set = $1
        ORDER BY c.forest_class, c.age_group, c.origin`,
      [version, book],
    );
    return rows.map((row) => ({
      ...row,
      grams: BigInt(row.grams),
      halfWidthPpm: row.halfWidthPpm === null ? null : BigInt(row.halfWidthPpm),
    }));
  }

  /** What a set of the stock-change method has besides its coefficients. */
  async factors(from: Pick<Database, 'query'>, book: number, version: string): Promise<StockFactors> {
    const species = await from.query<SpeciesRow>(
      `SELECT p.species, p.name, p.density_milli AS "densityMilli", p.expansion_milli AS "expansionMilli",
              p.root_milli AS "rootMilli", p.carbon_milli AS "carbonMilli", p.source
         FROM credits.species_parameter p
        WHERE p.owner IN (0, $2) AND p.coefficient_set = $1 ORDER BY p.species`,
      [version, book],
    );
    const growth = await from.query<
      Omit<StockFactors['growth'][number], 'growthMilli'> & { growthMilli: string }
    >(
      `SELECT g.forest_class AS "forestClass", g.age_group AS "ageGroup", g.origin, g.species,
              g.growth_milli AS "growthMilli", g.source
         FROM credits.growth g
        WHERE g.owner IN (0, $2) AND g.coefficient_set = $1 ORDER BY g.forest_class, g.age_group, g.origin`,
      [version, book],
    );
    return {
      species: species.map(({ densityMilli, expansionMilli, rootMilli, carbonMilli, ...row }) => ({
        ...row,
        densityMilli: BigInt(densityMilli),
        expansionMilli: BigInt(expansionMilli),
        rootMilli: BigInt(rootMilli),
        carbonMilli: BigInt(carbonMilli),
      })),
      growth: growth.map((row) => ({ ...row, growthMilli: BigInt(row.growthMilli) })),
    };
  }

  /** By a set of the book, or one that came with the product: what other books name theirs is not looked at. */
  async isTaken(tx: Tx, version: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT FROM credits.coefficient_set WHERE owner IN (0, $2) AND version = $1`,
      [version, tx.book],
    );
    return rows.length > 0;
  }

  /** The set of the book and method that is approved from this very day. */
  async approvedFrom(tx: Tx, day: Day, kind: MethodKind): Promise<string | undefined> {
    const rows = await tx.query<{ version: string }>(
      `SELECT version FROM credits.coefficient_set
        WHERE book = $1 AND valid_from = $2 AND method_kind = $3 AND state = 'approved'`,
      [tx.book, day, kind],
    );
    return rows[0]?.version;
  }

  async insert(
    tx: Tx,
    set: ProposedSet,
    coefficients: readonly Coefficient[],
    kind: MethodKind = 'coefficient',
  ): Promise<void> {
    await tx.query(
      `INSERT INTO credits.coefficient_set (version, method, source, illustrative, valid_from, buffer_ppm, book, state,
              proposed_by, proposed_at, method_kind)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9, $10)`,
      [
        ...[set.version, set.method, set.source, set.illustrative, set.validFrom, set.bufferPpm],
        ...[tx.book, tx.context.actor, tx.now, kind],
      ],
    );
    await tx.query(
      `INSERT INTO credits.coefficient (owner, coefficient_set, forest_class, age_group, origin, grams_per_mu_year,
              evidence_no, half_width_ppm)
       SELECT $1::int, $2, u.*
         FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[]) u`,
      [
        tx.book,
        set.version,
        coefficients.map(({ forestClass }) => forestClass),
        coefficients.map(({ ageGroup }) => ageGroup),
        coefficients.map(({ origin }) => origin),
        coefficients.map(({ grams }) => grams.toString()),
        coefficients.map(({ evidenceNo }) => evidenceNo),
        coefficients.map(({ halfWidthPpm }) => halfWidthPpm?.toString() ?? null),
      ],
    );
  }

  /** Writes what the coefficients of a stock-change set were made of. */
  async insertFactors(
    tx: Tx,
    version: string,
    { species, growth }: { species: readonly Species[]; growth: readonly Growth[] },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.species_parameter (owner, coefficient_set, species, name, density_milli, expansion_milli,
              root_milli, carbon_milli, source)
       SELECT $1::int, $2, u.* FROM unnest($3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
              $9::text[]) u`,
      [
        tx.book,
        version,
        species.map((one) => one.species),
        species.map(({ name }) => name),
        species.map(({ densityMilli }) => densityMilli.toString()),
        species.map(({ expansionMilli }) => expansionMilli.toString()),
        species.map(({ rootMilli }) => rootMilli.toString()),
        species.map(({ carbonMilli }) => carbonMilli.toString()),
        species.map(({ source }) => source),
      ],
    );
    await tx.execute(
      `INSERT INTO credits.growth (owner, coefficient_set, forest_class, age_group, origin, species, growth_milli, source)
       SELECT $1::int, $2, u.* FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[]) u`,
      [
        tx.book,
        version,
        growth.map(({ forestClass }) => forestClass),
        growth.map(({ ageGroup }) => ageGroup),
        growth.map(({ origin }) => origin),
        growth.map((one) => one.species),
        growth.map(({ growthMilli }) => growthMilli.toString()),
        growth.map(({ source }) => source),
      ],
    );
  }

  async effect(tx: Tx, coefficients: readonly Coefficient[]): Promise<SetEffect> {
    const rows = await tx.query<{ parcels: number; area: string; grams: string; without: number }>(
      `SELECT count(c.grams)::int AS parcels, coalesce(sum(p.area_mu100) FILTER (WHERE c.grams IS NOT NULL), 0) AS area,
              coalesce(sum((2 * p.area_mu100 * c.grams + 100) / 200), 0) AS grams,
              count(*) FILTER (WHERE c.grams IS NULL AND p.forest_class <> 'farmland-reserved')::int AS without
         FROM registry.parcel_current p
         LEFT JOIN unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) AS c (forest_class, age_group, origin, grams)
           ON c.forest_class = p.forest_class AND c.age_group = p.age_group AND c.origin = p.origin
        WHERE p.book = $1 AND p.status <> 'cancelled' AND upper_inf(p.valid)`,
      [
        tx.book,
        coefficients.map(({ forestClass }) => forestClass),
        coefficients.map(({ ageGroup }) => ageGroup),
        coefficients.map(({ origin }) => origin),
        coefficients.map(({ grams }) => grams.toString()),
      ],
    );
    const row = present(rows[0], 'a sum has a row');
    return {
      parcels: row.parcels,
      areaMu100: BigInt(row.area),
      grams: BigInt(row.grams),
      parcelsWithout: row.without,
    };
  }

  async decide(tx: Tx, version: string, state: 'approved' | 'rejected', note: string | null): Promise<void> {
    await tx.query(
      `UPDATE credits.coefficient_set SET state = $3, decided_by = $4, decided_at = $5, decision_note = $6
        WHERE book = $1 AND version = $2`,
      [tx.book, version, state, tx.context.actor, tx.now, note],
    );
  }
}

const listedOf = (row: ListedRow): ListedSet => ({ ...row, bufferPpm: BigInt(row.bufferPpm) });
