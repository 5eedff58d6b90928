import type { MigrationInterface, QueryRunner } from 'typeorm';

import {
  PARCELS_UPDATED,
  facts,
  KEY,
  LAND,
  LEVELS,
  PAYABLE,
  status,
  TODAY,
  VOLUME,
} from './one-book/land-triggers';
import { ISSUED } from './one-book/issued-trigger';

/**
 * The sums of the one book, kept at less cost: what a statement changed about parcels is joined once, not three times,
 * and summed by village before it is spread over the levels; an issuance's shares meet their lines by hash.
 */
export class CreditsOneBookInOnePass1763700000696 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(UPDATED_IN_ONE_PASS);
    await q.query(ISSUED_BY_HASH);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(PARCELS_UPDATED.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
    await q.query('ALTER FUNCTION credits.one_book_issued RESET enable_nestloop');
    await q.query(ISSUED.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
  }
}

/** What a version of a parcel counts with, beside its key. */
const COUNTED = ['area_mu100', 'scope', 'dominant_species', 'volume_dm3'] as const;
const LIVE = (row: string): string => `${row}.status <> 'cancelled' AND ${row}.closed_by IS NULL`;

const PAIR = `
    pair AS MATERIALIZED (
      SELECT a.book, ${['r', 'a']
        .map((row) => {
          const n = row === 'r' ? 'old_' : '';
          return `${row}.village AS ${n}village, ${row}.forest_class AS ${n}forest_class, ${row}.age_group AS ${n}age_group,
             ${row}.origin AS ${n}origin, ${status(row)} AS ${n}status, ${row}.right_registered AS ${n}registered,
             ${COUNTED.map((column) => `${row}.${column} AS ${n}${column}`).join(', ')}, ${LIVE(row)} AS ${n}live`;
        })
        .join(',\n             ')},
             (${facts('a')}) IS DISTINCT FROM (${facts('r')}) AS recounted,
             CASE WHEN a.closed_by IS DISTINCT FROM r.closed_by THEN c.kind
                  WHEN a.status = 'cancelled' AND r.status <> 'cancelled' THEN 'closed'
                  WHEN r.status = 'cancelled' AND a.status <> 'cancelled' THEN 'reopened'
                  WHEN r.village <> a.village THEN 'moved'
                  WHEN (r.forest_class, r.origin) IS DISTINCT FROM (a.forest_class, a.origin) THEN 'reclassified'
                  WHEN r.age_group <> a.age_group THEN 'aged'
                  WHEN r.status <> a.status THEN 'status'
                  WHEN r.right_registered <> a.right_registered THEN 'registration' END AS cause
        FROM added a JOIN removed r ON r.book = a.book AND r.id = a.id
        LEFT JOIN registry.land_order c ON c.book = a.book AND c.id = a.closed_by
       WHERE (${KEY('a')}) IS DISTINCT FROM (${KEY('r')}) OR (${facts('a')}) IS DISTINCT FROM (${facts('r')}))`;

const KEYS = (n: string): string =>
  ['village', 'forest_class', 'age_group', 'origin', 'status', 'registered']
    .map((key) => `p.${n}${key}`)
    .join(', ');

/** Out of the old key and into the new one with the area as it was; what the area itself changed is told apart. */
const MOVE = `
    move (book, village, forest_class, age_group, origin, status, registered, cause, parcels_in, parcels_out, area_in,
          area_out) AS MATERIALIZED (
      SELECT p.book, ${KEYS('old_')}, p.cause, 0, count(*), 0, sum(p.old_area_mu100)
        FROM pair p WHERE p.cause IS NOT NULL GROUP BY p.book, ${KEYS('old_')}, p.cause
      UNION ALL
      SELECT p.book, ${KEYS('')}, p.cause, count(*), 0, sum(p.old_area_mu100), 0
        FROM pair p WHERE p.cause IS NOT NULL GROUP BY p.book, ${KEYS('')}, p.cause
      UNION ALL
      SELECT p.book, ${KEYS('')}, 'area', 0, 0, sum(greatest(p.area_mu100 - p.old_area_mu100, 0)),
             sum(greatest(p.old_area_mu100 - p.area_mu100, 0))
        FROM pair p WHERE p.area_mu100 <> p.old_area_mu100 GROUP BY p.book, ${KEYS('')})`;

const VERSION_COLUMNS = `village, forest_class, age_group, origin, registered, area_mu100, scope, dominant_species,
  volume_dm3, live`;
const version = (n: string): string =>
  VERSION_COLUMNS.split(/,\s+/)
    .map((column) => `p.${n}${column}`)
    .join(', ');

/** A former version is taken back from today on, a new one begins today. */
const VERSIONS = `
    version AS MATERIALIZED (
      SELECT p.book, v.* FROM pair p
       CROSS JOIN LATERAL (VALUES (1, ${version('')}), (-1, ${version('old_')})) AS v (sign, ${VERSION_COLUMNS})
       WHERE p.recounted AND v.live)`;

const UPDATED_IN_ONE_PASS = `
  CREATE OR REPLACE FUNCTION credits.one_book_parcels_updated() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog SET enable_nestloop = off AS $$
  BEGIN
    WITH ${TODAY}, ${PAIR}, ${MOVE}, ${VERSIONS},
    land AS (
      INSERT INTO credits.land_change ${LAND}
      SELECT m.book, left(m.village, level.digits), t.day, m.forest_class, m.age_group, m.origin, m.status, m.registered,
             m.cause, sum(m.parcels_in), sum(m.parcels_out), sum(m.area_in), sum(m.area_out)
        FROM move m JOIN today t USING (book) CROSS JOIN ${LEVELS}
       GROUP BY m.book, left(m.village, level.digits), t.day, m.forest_class, m.age_group, m.origin, m.status,
                m.registered, m.cause
       ORDER BY 2),
    payable AS (
      INSERT INTO credits.payable_change ${PAYABLE}
      SELECT v.book, left(v.village, level.digits), s.day, v.forest_class, sum(v.sign * s.area)
        FROM version v JOIN today t USING (book)
       CROSS JOIN LATERAL (VALUES (greatest(t.day, lower(v.scope)), v.area_mu100),
                                  (greatest(t.day, upper(v.scope)), -v.area_mu100)) AS s (day, area)
       CROSS JOIN ${LEVELS}
       WHERE v.registered AND v.scope IS NOT NULL AND (s.area > 0 OR NOT upper_inf(v.scope))
       GROUP BY v.book, left(v.village, level.digits), s.day, v.forest_class HAVING sum(v.sign * s.area) <> 0
       ORDER BY 2)
    INSERT INTO credits.volume_change ${VOLUME}
    SELECT v.book, left(v.village, level.digits), t.day, v.forest_class, v.age_group, v.origin, v.dominant_species,
           sum(v.sign * v.area_mu100), sum(v.sign * v.volume_dm3)
      FROM version v JOIN today t USING (book) CROSS JOIN ${LEVELS}
     WHERE v.dominant_species IS NOT NULL AND v.volume_dm3 IS NOT NULL
     GROUP BY v.book, left(v.village, level.digits), t.day, v.forest_class, v.age_group, v.origin, v.dominant_species
    HAVING sum(v.sign * v.area_mu100) <> 0 OR sum(v.sign * v.volume_dm3) <> 0
     ORDER BY 2;
    RETURN NULL;
  END $$`;

/**
 * Lines by hash, cut to the issuances at hand: a search by the index of first serials would walk through the whole
 * issuance for each of its shares, and statistics of an empty table lead to it. Measurements one by one, by their keys:
 * there are those of all years.
 */
const ISSUED_BY_HASH = `
  CREATE OR REPLACE FUNCTION credits.one_book_issued() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog SET enable_nestloop = off AS $$
  BEGIN
    WITH line AS MATERIALIZED (
      SELECT l.book, l.issuance, l.party, l.first_serial, l.grams, l.buffer_grams FROM credits.issuance_line l
       WHERE l.book = ANY (ARRAY(SELECT DISTINCT a.book FROM added a))
         AND l.issuance = ANY (ARRAY(SELECT DISTINCT a.issuance FROM added a))),
    keyed AS MATERIALIZED (
      SELECT a.book, m.village, credits.day_of(i.issued_at) AS day, m.year, m.forest_class, q.state, sum(q.grams) AS grams
        FROM added a
        JOIN line l ON l.book = a.book AND l.issuance = a.issuance AND l.party = a.party
        JOIN credits.issuance i ON i.book = a.book AND i.id = a.issuance
       CROSS JOIN LATERAL (SELECT m.village, m.year, m.forest_class FROM credits.measurement m
                            WHERE m.book = a.book AND m.id = a.measurement LIMIT 1) m
       CROSS JOIN LATERAL (SELECT greatest(0, a.first_serial + a.grams
                             - greatest(a.first_serial, l.first_serial + l.grams - l.buffer_grams)) AS buffer) b
       CROSS JOIN LATERAL (VALUES ('holding', a.grams - b.buffer), ('buffer', b.buffer)) AS q (state, grams)
       WHERE q.grams > 0
       GROUP BY a.book, m.village, credits.day_of(i.issued_at), m.year, m.forest_class, q.state)
    INSERT INTO credits.grams_change (book, region, day, year, forest_class, state, detail, grams)
    SELECT k.book, left(k.village, level.digits), k.day, k.year, k.forest_class, k.state, '', sum(k.grams)
      FROM keyed k CROSS JOIN ${LEVELS}
     GROUP BY k.book, left(k.village, level.digits), k.day, k.year, k.forest_class, k.state
     ORDER BY 2;
    RETURN NULL;
  END $$`;
