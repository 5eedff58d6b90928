import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Parcels as of a day as fast as parcels: branches of one table each without a condition of their own are taken apart by
 * the planner, and columns that nobody asks for are not made. So the past names its parcel itself.
 */
export class ParcelsAsOf1763700000509 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [NAMED, asOf(ON), believed(BELIEVED)]) await q.query(part);
  }

  async down(q: QueryRunner): Promise<void> {
    for (const part of [FORMER_ON, FORMER_BELIEVED]) await q.query(part);
    await q.query(`
      DROP TRIGGER named ON registry.parcel_past;
      DROP FUNCTION registry.name_parcel_past;
      ALTER TABLE registry.parcel_past DROP COLUMN code, DROP COLUMN land_unit, DROP COLUMN village`);
  }
}

const NAMED = `
  ALTER TABLE registry.parcel_past ADD code text COLLATE "C", ADD land_unit uuid, ADD village text COLLATE "C";
  UPDATE registry.parcel_past h SET code = p.code, land_unit = p.land_unit, village = p.village
    FROM registry.parcel p WHERE p.book = h.book AND p.id = h.id;
  ALTER TABLE registry.parcel_past
    ALTER code SET NOT NULL, ALTER land_unit SET NOT NULL, ALTER village SET NOT NULL;
  CREATE FUNCTION registry.name_parcel_past() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    SELECT p.code, p.land_unit, p.village INTO STRICT NEW.code, NEW.land_unit, NEW.village
      FROM registry.parcel p WHERE p.book = NEW.book AND p.id = NEW.id;
    RETURN NEW;
  END $$;
  CREATE TRIGGER named BEFORE INSERT ON registry.parcel_past
    FOR EACH ROW EXECUTE FUNCTION registry.name_parcel_past()`;

const MONEY = `forest_class, age_group, origin, public_welfare_level, tenure, area_mu100, right_registered,
  certificate_no, scope_decision, scope`;
const TAXONOMY = `land_kind, forest_use, forest_subuse, forest_category, national_protection, programme, origin_detail,
  dominant_species, canopy100, volume_dm3, land_protection, land_tenure, tree_tenure, operator_kind, sink_zone,
  compartment, sub_compartment, patch, map_patch_no, land_parcel_code, real_estate_unit_no,
  real_estate_certificate_no, certificate_area_mu100`;
const of = (alias: string, columns: string): string =>
  columns.replace(/\w+/g, (column) => `${alias}.${column}`);
const KEPT = `book, id, land_unit, code, village, valid, ${MONEY}, ${TAXONOMY}`;
/** What a parcel has now, of a row of its past. */
const now = (column: string): string =>
  `(SELECT p.${column} FROM registry.parcel p WHERE p.book = h.book AND p.id = h.id) AS ${column}`;

/**
 * Rows as of parcel_current from both tables. Conditions stand outside the branches and the land unit's code is looked
 * up row by row: whoever does not ask for a column does not pay for it.
 */
const rows = (condition: string): string => `
  SELECT f.book, f.id, f.land_unit,
         (SELECT l.code FROM registry.land_unit l WHERE l.book = f.book AND l.id = f.land_unit) AS land_unit_code,
         f.code, f.village, ${of('f', MONEY)}, lower(f.scope) AS scope_from, upper(f.scope) - 1 AS scope_to, f.status,
         ${of('f', TAXONOMY)}, f.valid, f.version
    FROM (SELECT ${of('p', KEPT)}, p.status, p.version, coalesce(p.facts_at, p.recorded_at) AS told_at,
                 NULL::timestamptz AS superseded_at
            FROM registry.parcel p
          UNION ALL
          SELECT ${of('h', KEPT)}, ${now('status')}, ${now('version')}, h.recorded_at, h.superseded_at
            FROM registry.parcel_past h) f
   WHERE f.book = $1 AND f.valid @> $2 AND ${condition}`;
const ON = rows('f.superseded_at IS NULL');
const BELIEVED = rows('f.told_at <= $3 AND (f.superseded_at IS NULL OR f.superseded_at > $3)');

const asOf = (body: string): string => `
  CREATE OR REPLACE FUNCTION registry.parcel_on(book int, day date) RETURNS SETOF registry.parcel_current
    LANGUAGE sql STABLE PARALLEL SAFE AS $$ ${body} $$`;
const believed = (body: string): string => `
  CREATE OR REPLACE FUNCTION registry.parcel_believed(book int, day date, at timestamptz)
    RETURNS SETOF registry.parcel_current LANGUAGE sql STABLE PARALLEL SAFE AS $$ ${body} $$`;

/** As the migration of orders made them: a join in each branch. */
const former = (f: string): string => `
  p.book, p.id, p.land_unit, l.code AS land_unit_code, p.code, p.village, ${of(f, MONEY)},
  lower(${f}.scope) AS scope_from, upper(${f}.scope) - 1 AS scope_to, p.status, ${of(f, TAXONOMY)}, ${f}.valid,
  p.version`;
const LAND = `JOIN registry.land_unit l ON l.book = p.book AND l.id = p.land_unit`;
const HELD = `registry.parcel_past h JOIN registry.parcel p ON p.book = h.book AND p.id = h.id ${LAND}`;
const FORMER_ON = asOf(`
  SELECT ${former('p')} FROM registry.parcel p ${LAND} WHERE p.book = $1 AND p.valid @> $2
  UNION ALL
  SELECT ${former('h')} FROM ${HELD} WHERE h.book = $1 AND h.superseded_at IS NULL AND h.valid @> $2`);
const FORMER_BELIEVED = believed(`
  SELECT ${former('p')} FROM registry.parcel p ${LAND}
   WHERE p.book = $1 AND p.valid @> $2 AND coalesce(p.facts_at, p.recorded_at) <= $3
  UNION ALL
  SELECT ${former('h')} FROM ${HELD}
   WHERE h.book = $1 AND h.valid @> $2 AND h.recorded_at <= $3 AND coalesce(h.superseded_at > $3, true)`);
