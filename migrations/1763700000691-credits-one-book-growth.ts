import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Growth by the day on which it was measured, re-checked, rejected and issued, summed beside the measurements. */
export class CreditsOneBookGrowth1763700000691 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [CHANGES, VIEW, MEASURED, CHECKED, TRIGGERS, BACKFILL]) await q.query(part);
    await q.query(`GRANT SELECT ON credits.growth_change, credits.growth_step TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER one_book_measured ON credits.measurement;
      DROP TRIGGER one_book_checked ON credits.measurement;
      DROP FUNCTION credits.one_book_measured, credits.one_book_checked;
      DROP VIEW credits.growth_step;
      DROP TABLE credits.growth_change`);
  }
}

const CHANGES = `
  CREATE TABLE credits.growth_change (
    book         int    NOT NULL REFERENCES platform.book (id),
    id           bigint GENERATED ALWAYS AS IDENTITY,
    region       text COLLATE "C" NOT NULL,
    day          date   NOT NULL,
    -- The year that grew.
    year         int    NOT NULL,
    forest_class text   NOT NULL,
    coefficient_set text COLLATE "C",
    step         text   NOT NULL CHECK (step IN ('measured', 'rechecked', 'verified', 'issued')),
    -- More, or less when a measurement was rejected.
    parcels      bigint NOT NULL,
    area_mu100   bigint NOT NULL,
    grams        bigint NOT NULL,
    PRIMARY KEY (book, id)
  );
  CREATE INDEX growth_change_region ON credits.growth_change (book, region, day)`;

/** Every step that a measurement took, as its row stands: what the sums must equal. */
const VIEW = `
  CREATE VIEW credits.growth_step AS
    SELECT m.book, m.village, credits.day_of(s.at) AS day, m.year, m.forest_class, m.coefficient_set, s.step,
           s.sign::bigint AS parcels, s.sign * m.area_mu100 AS area_mu100, s.sign * s.grams AS grams
      FROM credits.measurement m
      LEFT JOIN credits.issuance i ON i.book = m.book AND i.id = m.issuance
      LEFT JOIN credits.verification v ON v.book = m.book AND v.id = m.verification
     CROSS JOIN LATERAL (VALUES
       ('measured', 1, m.measured_at, m.grams), ('measured', -1, m.rejected_at, m.grams),
       ('rechecked', 1, m.rechecked_at, m.grams),
       ('rechecked', -1, CASE WHEN m.rechecked_at IS NOT NULL THEN m.rejected_at END, m.grams),
       ('verified', 1, v.decided_at, m.grams),
       ('verified', -1, CASE WHEN v.decided_at IS NOT NULL THEN m.rejected_at END, m.grams),
       -- Less what was taken off for the uncertainty: those grams are nobody's.
       ('issued', 1, i.issued_at, m.grams - m.discount_grams)) AS s (step, sign, at, grams)
     WHERE s.at IS NOT NULL`;

const COLUMNS = `(book, region, day, year, forest_class, coefficient_set, step, parcels, area_mu100, grams)`;
const INTO_SUMS = `
    INSERT INTO credits.growth_change ${COLUMNS}
    SELECT s.book, left(s.village, level.digits), s.day, s.year, s.forest_class, s.coefficient_set, s.step,
           sum(s.parcels), sum(s.area_mu100), sum(s.grams)
      FROM keyed s CROSS JOIN (VALUES (6), (9), (12)) AS level (digits)
     GROUP BY s.book, left(s.village, level.digits), s.day, s.year, s.forest_class, s.coefficient_set, s.step
     ORDER BY 2`;

const MEASURED = `
  CREATE FUNCTION credits.one_book_measured() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    WITH keyed AS (
      SELECT a.book, a.village, credits.day_of(a.measured_at) AS day, a.year, a.forest_class, a.coefficient_set,
             'measured' AS step, count(*) AS parcels, sum(a.area_mu100) AS area_mu100, sum(a.grams) AS grams
        FROM added a
       GROUP BY a.book, a.village, credits.day_of(a.measured_at), a.year, a.forest_class, a.coefficient_set)
    ${INTO_SUMS};
    RETURN NULL;
  END $$`;

/** Without nested loops, as the sums of land: the same plan serves one measurement and 100,000. */
const CHECKED = `
  CREATE FUNCTION credits.one_book_checked() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog SET enable_nestloop = off AS $$
  BEGIN
    WITH taken AS (
      SELECT a.book, a.village, a.year, a.forest_class, a.coefficient_set, a.area_mu100, a.grams,
             r.rechecked_at IS NULL AND a.rechecked_at IS NOT NULL AS rechecked, a.rechecked_at,
             r.rejected_at IS NULL AND a.rejected_at IS NOT NULL AS rejected, a.rejected_at,
             r.verification IS NULL AND a.verification IS NOT NULL AS verified, a.verification,
             r.issuance IS NULL AND a.issuance IS NOT NULL AS issued, a.issuance, a.discount_grams
        FROM added a JOIN removed r ON r.book = a.book AND r.id = a.id),
    keyed AS (
      SELECT t.book, t.village, credits.day_of(s.at) AS day, t.year, t.forest_class, t.coefficient_set, s.step,
             sum(s.sign) AS parcels, sum(s.sign * t.area_mu100) AS area_mu100, sum(s.sign * s.grams) AS grams
        FROM taken t
        LEFT JOIN credits.issuance i ON i.book = t.book AND i.id = t.issuance
        LEFT JOIN credits.verification v ON v.book = t.book AND v.id = t.verification
       CROSS JOIN LATERAL (VALUES
         ('measured', -1, t.rejected, t.rejected_at, t.grams),
         ('rechecked', 1, t.rechecked, t.rechecked_at, t.grams),
         ('rechecked', -1, t.rejected AND t.rechecked_at IS NOT NULL, t.rejected_at, t.grams),
         ('verified', 1, t.verified, v.decided_at, t.grams),
         ('verified', -1, t.rejected AND t.verification IS NOT NULL, t.rejected_at, t.grams),
         ('issued', 1, t.issued, i.issued_at, t.grams - t.discount_grams)) AS s (step, sign, holds, at, grams)
       WHERE s.holds
       GROUP BY t.book, t.village, credits.day_of(s.at), t.year, t.forest_class, t.coefficient_set, s.step)
    ${INTO_SUMS};
    RETURN NULL;
  END $$`;

const TRIGGERS = `
  CREATE TRIGGER one_book_measured AFTER INSERT ON credits.measurement
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION credits.one_book_measured();
  CREATE TRIGGER one_book_checked AFTER UPDATE ON credits.measurement
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION credits.one_book_checked()`;

const BACKFILL = `
  WITH keyed AS (SELECT s.* FROM credits.growth_step s)
  ${INTO_SUMS}`;
