/** County, township and village: 6, 9 and 12 digits of the code. */
export const LEVELS = `(VALUES (6), (9), (12)) AS level (digits)`;

/** The day it is in each book that the statement touched. */
export const TODAY = `today AS MATERIALIZED (
      SELECT b.book, credits.day_of(platform.book_now(b.book)) AS day FROM (SELECT DISTINCT a.book FROM added a) b)`;

export const LAND = `(book, region, day, forest_class, age_group, origin, status, registered, cause,
      parcels_in, parcels_out, area_in_mu100, area_out_mu100)`;
export const PAYABLE = `(book, region, day, forest_class, area_mu100)`;
export const VOLUME = `(book, region, day, forest_class, age_group, origin, species, area_mu100, volume_dm3)`;

/** A parcel that a later one took the place of is closed, whatever its status says. */
export const status = (row: string): string =>
  `CASE WHEN ${row}.closed_by IS NULL THEN ${row}.status ELSE 'closed' END`;

const INTO_LAND = `
    INSERT INTO credits.land_change ${LAND}
    SELECT m.book, left(m.village, level.digits), t.day, m.forest_class, m.age_group, m.origin, m.status, m.registered,
           m.cause, sum(m.parcels_in), sum(m.parcels_out), sum(m.area_in), sum(m.area_out)
      FROM move m JOIN today t USING (book) CROSS JOIN ${LEVELS}
     GROUP BY m.book, left(m.village, level.digits), t.day, m.forest_class, m.age_group, m.origin, m.status,
              m.registered, m.cause
     ORDER BY 2`;

/** Rows of a version count with its sign: a former version is taken back from today on, a new one begins today. */
const INTO_PAYABLE = `
    INSERT INTO credits.payable_change ${PAYABLE}
    SELECT v.book, left(v.village, level.digits), s.day, v.forest_class, sum(v.sign * s.area)
      FROM version v JOIN today t USING (book)
     CROSS JOIN LATERAL (VALUES (greatest(t.day, lower(v.scope)), v.area_mu100),
                                (greatest(t.day, upper(v.scope)), -v.area_mu100)) AS s (day, area)
     CROSS JOIN ${LEVELS}
     WHERE v.right_registered AND v.scope IS NOT NULL AND v.live AND (s.area > 0 OR NOT upper_inf(v.scope))
     GROUP BY v.book, left(v.village, level.digits), s.day, v.forest_class HAVING sum(v.sign * s.area) <> 0
     ORDER BY 2`;

const INTO_VOLUME = `
    INSERT INTO credits.volume_change ${VOLUME}
    SELECT v.book, left(v.village, level.digits), t.day, v.forest_class, v.age_group, v.origin, v.dominant_species,
           sum(v.sign * v.area_mu100), sum(v.sign * v.volume_dm3)
      FROM version v JOIN today t USING (book) CROSS JOIN ${LEVELS}
     WHERE v.live AND v.dominant_species IS NOT NULL AND v.volume_dm3 IS NOT NULL
     GROUP BY v.book, left(v.village, level.digits), t.day, v.forest_class, v.age_group, v.origin, v.dominant_species
    HAVING sum(v.sign * v.area_mu100) <> 0 OR sum(v.sign * v.volume_dm3) <> 0
     ORDER BY 2`;

export const facts = (
  row: string,
): string => `${row}.village, ${row}.forest_class, ${row}.age_group, ${row}.origin,
  ${row}.area_mu100, ${row}.right_registered, ${row}.scope, ${row}.dominant_species, ${row}.volume_dm3,
  ${row}.status <> 'cancelled' AND ${row}.closed_by IS NULL`;

const VERSION_COLUMNS = `village, forest_class, age_group, origin, area_mu100, right_registered, scope, dominant_species,
  volume_dm3, live`;

const NEW_VERSION = `version AS (
      SELECT a.book, v.* FROM added a
       CROSS JOIN LATERAL (VALUES (1, ${facts('a')})) AS v (sign, ${VERSION_COLUMNS}))`;
const BOTH_VERSIONS = `version AS (
      SELECT a.book, v.* FROM added a JOIN removed r ON r.book = a.book AND r.id = a.id
       CROSS JOIN LATERAL (VALUES (1, ${facts('a')}), (-1, ${facts('r')})) AS v (sign, ${VERSION_COLUMNS})
       WHERE (${facts('a')}) IS DISTINCT FROM (${facts('r')}))`;

export const PARCELS_INSERTED = `
  CREATE FUNCTION credits.one_book_parcels_inserted() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    WITH ${TODAY},
    move AS (
      SELECT a.book, a.village, a.forest_class, a.age_group, a.origin, ${status('a')} AS status,
             a.right_registered AS registered, coalesce(o.kind, 'new') AS cause, count(*) AS parcels_in,
             0 AS parcels_out, sum(a.area_mu100) AS area_in, 0 AS area_out
        FROM added a LEFT JOIN registry.land_order o ON o.book = a.book AND o.id = a.founded_by
       GROUP BY a.book, a.village, a.forest_class, a.age_group, a.origin, ${status('a')}, a.right_registered, o.kind)
    ${INTO_LAND};
    WITH ${TODAY}, ${NEW_VERSION} ${INTO_PAYABLE};
    WITH ${TODAY}, ${NEW_VERSION} ${INTO_VOLUME};
    RETURN NULL;
  END $$`;

export const KEY = (row: string): string =>
  `${row}.village, ${row}.forest_class, ${row}.age_group, ${row}.origin, ${status(row)}, ${row}.right_registered`;

/**
 * A change of key is one way out and one way in with the area as it was; what the area itself changed is told apart.
 * Without nested loops: the plan of a session's first statement, often of one parcel, is kept for one of 100,000, and
 * a search that finds nothing would compare each with each.
 */
export const PARCELS_UPDATED = `
  CREATE FUNCTION credits.one_book_parcels_updated() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog SET enable_nestloop = off AS $$
  BEGIN
    -- Rights and other facts move a parcel's row too: then there is nothing to sum.
    PERFORM FROM added a JOIN removed r ON r.book = a.book AND r.id = a.id
      WHERE (${facts('a')}, a.status) IS DISTINCT FROM (${facts('r')}, r.status) LIMIT 1;
    IF NOT FOUND THEN RETURN NULL; END IF;

    WITH ${TODAY},
    pair AS MATERIALIZED (
      SELECT a.book, r.village AS village0, a.village, r.forest_class AS class0, a.forest_class, r.age_group AS age0,
             a.age_group, r.origin AS origin0, a.origin, ${status('r')} AS status0, ${status('a')} AS status,
             r.right_registered AS registered0, a.right_registered AS registered, r.area_mu100 AS area0,
             a.area_mu100 AS area,
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
       WHERE (${KEY('a')}, a.area_mu100) IS DISTINCT FROM (${KEY('r')}, r.area_mu100)),
    move AS (
      SELECT p.book, p.village0 AS village, p.class0 AS forest_class, p.age0 AS age_group, p.origin0 AS origin,
             p.status0 AS status, p.registered0 AS registered, p.cause, 0 AS parcels_in, 1 AS parcels_out,
             0::bigint AS area_in, p.area0 AS area_out
        FROM pair p WHERE p.cause IS NOT NULL
      UNION ALL
      SELECT p.book, p.village, p.forest_class, p.age_group, p.origin, p.status, p.registered, p.cause, 1, 0, p.area0, 0
        FROM pair p WHERE p.cause IS NOT NULL
      UNION ALL
      SELECT p.book, p.village, p.forest_class, p.age_group, p.origin, p.status, p.registered, 'area', 0, 0,
             greatest(p.area - p.area0, 0), greatest(p.area0 - p.area, 0)
        FROM pair p WHERE p.area <> p.area0)
    ${INTO_LAND};
    WITH ${TODAY}, ${BOTH_VERSIONS} ${INTO_PAYABLE};
    WITH ${TODAY}, ${BOTH_VERSIONS} ${INTO_VOLUME};
    RETURN NULL;
  END $$`;

export const TRIGGERS = `
  CREATE TRIGGER one_book_inserted AFTER INSERT ON registry.parcel
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION credits.one_book_parcels_inserted();
  CREATE TRIGGER one_book_updated AFTER UPDATE ON registry.parcel
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION credits.one_book_parcels_updated()`;

/** Parcels recorded before open the sums on the day they were recorded, as they stand now. */
export const BACKFILL = `
  INSERT INTO credits.land_change ${LAND}
  SELECT n.book, left(n.village, level.digits), n.day, n.forest_class, n.age_group, n.origin, n.status, n.registered,
         'opening', sum(n.parcels), 0, sum(n.area_mu100), 0
    FROM (SELECT p.book, p.village, credits.day_of(p.recorded_at) AS day, p.forest_class, p.age_group, p.origin,
                 ${status('p')} AS status, p.right_registered AS registered, count(*) AS parcels,
                 sum(p.area_mu100) AS area_mu100
            FROM registry.parcel p GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) n
   CROSS JOIN ${LEVELS}
   GROUP BY n.book, left(n.village, level.digits), n.day, n.forest_class, n.age_group, n.origin, n.status, n.registered;
  INSERT INTO credits.payable_change ${PAYABLE}
  SELECT s.book, left(s.village, level.digits), s.day, s.forest_class, sum(s.area_mu100)
    FROM credits.payable_step s CROSS JOIN ${LEVELS}
   GROUP BY s.book, left(s.village, level.digits), s.day, s.forest_class;
  INSERT INTO credits.volume_change ${VOLUME}
  SELECT p.book, left(p.village, level.digits), credits.day_of(p.recorded_at), p.forest_class, p.age_group, p.origin,
         p.dominant_species, sum(p.area_mu100), sum(p.volume_dm3)
    FROM registry.parcel p JOIN credits.volume_now v USING (book, id) CROSS JOIN ${LEVELS}
   GROUP BY p.book, left(p.village, level.digits), credits.day_of(p.recorded_at), p.forest_class, p.age_group, p.origin,
            p.dominant_species`;

/** What the sums must equal, village by village. */
export const VIEWS = `
  CREATE VIEW credits.land_now AS
    SELECT p.book, p.village, p.forest_class, p.age_group, p.origin, ${status('p')} AS status,
           p.right_registered AS registered, count(*)::bigint AS parcels, sum(p.area_mu100)::bigint AS area_mu100
      FROM registry.parcel p GROUP BY 1, 2, 3, 4, 5, 6, 7;

  CREATE VIEW credits.volume_now AS
    SELECT p.book, p.id, p.village, p.forest_class, p.age_group, p.origin, p.dominant_species AS species, p.area_mu100,
           p.volume_dm3
      FROM registry.parcel p
     WHERE p.status <> 'cancelled' AND p.closed_by IS NULL AND p.dominant_species IS NOT NULL AND p.volume_dm3 IS NOT NULL;

  -- The days on which a parcel begins and ceases to be payable, as its row stands.
  CREATE VIEW credits.payable_step AS
    SELECT p.book, p.village, p.forest_class, s.day, s.area_mu100
      FROM registry.parcel p
     CROSS JOIN LATERAL (VALUES (lower(p.scope), p.area_mu100), (upper(p.scope), -p.area_mu100)) s (day, area_mu100)
     WHERE p.right_registered AND p.scope IS NOT NULL AND p.status <> 'cancelled' AND p.closed_by IS NULL
       AND s.day IS NOT NULL`;
