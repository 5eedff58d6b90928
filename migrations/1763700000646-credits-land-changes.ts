import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Land that is split or merged takes with it for which time it was credited, and what is credited of former land
 * later is passed on to what became of it. So no ground is credited twice for a day, however it is called.
 */
export class CreditsLandChanges1763700000646 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE credits.claim ADD carried boolean NOT NULL DEFAULT false`);
    for (const part of [TAKEN_ALONG, PASSED_ON]) await q.query(part);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER claims_taken_along ON registry.land_unit_origin;
      DROP TRIGGER claims_passed_on ON credits.claim;
      DROP FUNCTION credits.take_claims_along, credits.pass_claims_on;
      DELETE FROM credits.claim WHERE carried;
      ALTER TABLE credits.claim DROP COLUMN carried`);
  }
}

/**
 * A carried claim says: some of this ground was credited for the time under another name. It is of no issuance. New
 * land has all days that any of its origins has. The origins are locked first: whoever claims one of them meanwhile
 * holds a share of the row for its foreign key, and is either waited for or waits and sees the new land.
 */
const TAKEN_ALONG = `
  CREATE FUNCTION credits.take_claims_along() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM registry.land_unit u
      WHERE (u.book, u.id) IN (SELECT a.book, a.origin FROM added a) ORDER BY u.book, u.id FOR UPDATE;
    INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at, carried)
    SELECT q.book, q.land_unit, days, q.scheme, q.claimed_at, true
      FROM (SELECT a.book, a.land_unit, range_agg(c.period) AS periods, max(c.claimed_at) AS claimed_at,
                   left(string_agg(DISTINCT c.scheme, '; '), 80) AS scheme
              FROM added a JOIN credits.claim c ON c.book = a.book AND c.land_unit = a.origin
             GROUP BY a.book, a.land_unit) q
     CROSS JOIN LATERAL unnest(q.periods) AS days;
    RETURN NULL;
  END $$;
  CREATE TRIGGER claims_taken_along AFTER INSERT ON registry.land_unit_origin
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION credits.take_claims_along()`;

/**
 * Ends when nobody comes from the land. What has the days by a claim of its own makes the new claim fail: that ground
 * was credited. What has them carried from other ground keeps them, and takes the days it does not have. The foreign
 * keys' locks are there when this runs, at the end of the statement.
 */
const PASSED_ON = `
  CREATE FUNCTION credits.pass_claims_on() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE hit record;
  BEGIN
    PERFORM FROM added a JOIN registry.land_unit_origin o ON o.book = a.book AND o.origin = a.land_unit;
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT c.land_unit, c.period INTO hit
      FROM added a
      JOIN registry.land_unit_origin o ON o.book = a.book AND o.origin = a.land_unit
      JOIN credits.claim c ON c.book = o.book AND c.land_unit = o.land_unit AND c.period && a.period
     WHERE NOT c.carried LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'land unit % came from it and was credited for %', hit.land_unit, hit.period
        USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'land_credited_once',
              SCHEMA = 'credits', TABLE = 'claim';
    END IF;
    INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at, carried)
    SELECT q.book, q.land_unit, days, q.scheme, q.claimed_at, true
      FROM (SELECT a.book, o.land_unit, range_agg(a.period) AS periods, max(a.claimed_at) AS claimed_at,
                   left(string_agg(DISTINCT a.scheme, '; '), 80) AS scheme
              FROM added a JOIN registry.land_unit_origin o ON o.book = a.book AND o.origin = a.land_unit
             GROUP BY a.book, o.land_unit) q
     CROSS JOIN LATERAL unnest(q.periods - coalesce((SELECT range_agg(c.period) FROM credits.claim c
           WHERE c.book = q.book AND c.land_unit = q.land_unit AND c.period && q.periods), '{}'::datemultirange)) AS days;
    RETURN NULL;
  END $$;
  CREATE TRIGGER claims_passed_on AFTER INSERT ON credits.claim
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION credits.pass_claims_on()`;
