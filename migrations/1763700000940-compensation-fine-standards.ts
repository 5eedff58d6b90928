import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Standards as finely as a county has them, the one deduction there is, and quality as a bounded multiplier. */
export class CompensationFineStandards1763700000940 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [STANDARD, QUALITY, DECISION_GUARD, LINE, GUARD_LINES]) await q.query(part);
    await q.query(`GRANT SELECT, INSERT ON compensation.quality_result TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (state, decided_by, decided_at, rejection, valid) ON compensation.quality_result TO tanhui_app`);
    await q.query(`GRANT SELECT ON compensation.quality_result TO tanhui_auditor`);
  }

  /** Only where nothing was entered that the narrower tables cannot hold. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE compensation.roster_line
        DROP CONSTRAINT parcel_is_rounded_once, DROP COLUMN deduction_fen_per_mu, DROP COLUMN quality_ppm,
        DROP COLUMN quality_result,
        ADD CONSTRAINT parcel_is_rounded_once CHECK (parcel_fen = (2 * area_mu100 * fen_per_mu + 100) / 200)`);
    await q.query(`DROP TABLE compensation.quality_result`);
    await q.query(`DROP FUNCTION compensation.guard_decision`);
    await q.query(
      `ALTER TABLE compensation.programme DROP COLUMN quality_min_ppm, DROP COLUMN quality_max_ppm`,
    );
    await q.query(`
      ALTER TABLE compensation.standard
        DROP CONSTRAINT one_standard_a_day, DROP COLUMN specificity, DROP COLUMN forest_class,
        DROP COLUMN management_grade, DROP COLUMN deduction_kind, DROP COLUMN deduction_fen_per_mu,
        DROP COLUMN deduction_document_no, DROP CONSTRAINT standard_level_check,
        ADD CONSTRAINT standard_level_check CHECK (level IN ('national', 'provincial')),
        ADD CONSTRAINT one_standard_a_day
          EXCLUDE USING gist (book WITH =, programme WITH =, level WITH =, tenure WITH =, valid WITH &&)`);
    await q.query(FORMER_GUARD_LINES);
  }
}

/**
 * Of the standards that fit a parcel the one with most keys holds. Two with as many, which could both fit some parcel
 * on some day, are not both entered: a key that is left out stands for all of its values.
 */
const STANDARD = `
  ALTER TABLE compensation.standard
    DROP CONSTRAINT standard_level_check,
    ADD CONSTRAINT standard_level_check CHECK (level IN ('national', 'provincial', 'prefecture', 'county')),
    ADD forest_class text CHECK (forest_class IN ('broadleaf', 'mixed', 'conifer', 'bamboo', 'economic', 'tea', 'shrub',
      'wetland', 'farmland-reserved')),
    -- 管护等级: the parcel's grade of protection and management (林地保护等级 I–IV).
    ADD management_grade smallint CHECK (management_grade BETWEEN 1 AND 4),
    ADD specificity int GENERATED ALWAYS AS (num_nonnulls(forest_class, management_grade)) STORED,
    -- 管护费扣除: rangers, by a document of its own. No other deduction from a holder's money exists.
    ADD deduction_kind text CHECK (deduction_kind IN ('ranger')),
    ADD deduction_fen_per_mu bigint NOT NULL DEFAULT 0 CHECK (deduction_fen_per_mu BETWEEN 0 AND 200),
    ADD deduction_document_no text CHECK (deduction_document_no <> ''),
    ADD CONSTRAINT only_defined_deductions CHECK (
      (deduction_fen_per_mu > 0) = (deduction_kind IS NOT NULL)
      AND (deduction_kind IS NULL) = (deduction_document_no IS NULL)),
    ADD CONSTRAINT deduction_leaves_something CHECK (deduction_fen_per_mu < payable_fen_per_mu),
    DROP CONSTRAINT one_standard_a_day,
    ADD CONSTRAINT one_standard_a_day EXCLUDE USING gist (
      book WITH =, programme WITH =, level WITH =, tenure WITH =, specificity WITH =,
      int4range(coalesce(array_position(ARRAY['broadleaf', 'mixed', 'conifer', 'bamboo', 'economic', 'tea', 'shrub',
                  'wetland', 'farmland-reserved'], forest_class), 1),
                coalesce(array_position(ARRAY['broadleaf', 'mixed', 'conifer', 'bamboo', 'economic', 'tea', 'shrub',
                  'wetland', 'farmland-reserved'], forest_class), 9), '[]') WITH &&,
      int4range(coalesce(management_grade, 1), coalesce(management_grade, 4), '[]') WITH &&,
      valid WITH &&)`;

/** 生态质量监测结果: of the approved results of the regions above a parcel the nearest counts. */
const QUALITY = `
  ALTER TABLE compensation.programme
    -- Within these a programme lets quality move what a mu pays; without them it does not.
    ADD quality_min_ppm bigint CHECK (quality_min_ppm BETWEEN 800000 AND 1000000),
    ADD quality_max_ppm bigint CHECK (quality_max_ppm BETWEEN 1000000 AND 1200000),
    ADD CONSTRAINT quality_bounds_are_two CHECK ((quality_min_ppm IS NULL) = (quality_max_ppm IS NULL));
  CREATE TABLE compensation.quality_result (
    book        int  NOT NULL REFERENCES platform.book (id),
    id          uuid NOT NULL,
    region      text COLLATE "C" NOT NULL REFERENCES regions.region (code),
    grade       text NOT NULL CHECK (length(grade) BETWEEN 1 AND 40),
    multiplier_ppm bigint NOT NULL CHECK (multiplier_ppm BETWEEN 800000 AND 1200000),
    valid       daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
    document_no text NOT NULL CHECK (document_no <> ''),
    evidence    text NOT NULL CHECK (evidence <> '' AND evidence !~ '[0-9]{11}'),
    state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by  text,
    decided_at  timestamptz,
    rejection   text CHECK (rejection <> '' AND rejection !~ '[0-9]{11}'),
    PRIMARY KEY (book, id),
    CONSTRAINT decided_whole CHECK ((state <> 'proposed') = (decided_by IS NOT NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT one_quality_a_day EXCLUDE USING gist (book WITH =, region WITH =, valid WITH &&) WHERE (state = 'approved')
  )`;

/** What is decided stays decided. For every table of the schema that one person fills and another decides on. */
const DECISION_GUARD = `
  CREATE FUNCTION compensation.guard_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF OLD.state <> 'proposed' AND (NEW.state, NEW.decided_by, NEW.decided_at, NEW.rejection)
         IS DISTINCT FROM (OLD.state, OLD.decided_by, OLD.decided_at, OLD.rejection) THEN
      RAISE EXCEPTION '% % is decided', TG_TABLE_NAME, OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_decision BEFORE UPDATE ON compensation.quality_result
    FOR EACH ROW EXECUTE FUNCTION compensation.guard_decision()`;

/** Area × (payable − deduction) × quality, rounded half up once: in numeric, which does not overflow. */
const LINE = `
  ALTER TABLE compensation.roster_line
    ADD deduction_fen_per_mu bigint NOT NULL DEFAULT 0 CHECK (deduction_fen_per_mu BETWEEN 0 AND 200),
    ADD quality_ppm bigint NOT NULL DEFAULT 1000000 CHECK (quality_ppm BETWEEN 800000 AND 1200000),
    ADD quality_result uuid,
    ADD FOREIGN KEY (book, quality_result) REFERENCES compensation.quality_result (book, id),
    ADD CONSTRAINT quality_has_its_result CHECK (quality_ppm = 1000000 OR quality_result IS NOT NULL),
    DROP CONSTRAINT parcel_is_rounded_once,
    ADD CONSTRAINT parcel_is_rounded_once CHECK (parcel_fen =
      div(2 * area_mu100::numeric * (fen_per_mu - deduction_fen_per_mu) * quality_ppm + 100000000, 200000000))`;

/** A line says what the registry and the standards say on the roster's day, and is written while it is a draft. */
const GUARD_LINES = `
  CREATE OR REPLACE FUNCTION compensation.guard_lines() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
  DECLARE wrong record;
  BEGIN
    SELECT n.roster, n.no INTO wrong
      FROM added n
      JOIN compensation.roster r ON r.book = n.book AND r.id = n.roster
      JOIN compensation.programme g ON g.book = n.book AND g.id = r.programme
      JOIN compensation.standard t ON t.book = n.book AND t.id = n.standard
      JOIN registry.right_share s ON s.book = n.book AND s.id = n.right_share
      JOIN registry.parcel p ON p.book = n.book AND p.id = n.parcel
      LEFT JOIN LATERAL (
        SELECT u.id, least(greatest(u.multiplier_ppm, g.quality_min_ppm), g.quality_max_ppm) AS ppm
          FROM compensation.quality_result u
         WHERE u.book = n.book AND u.state = 'approved' AND u.valid @> r.as_of AND starts_with(p.village, u.region)
         ORDER BY length(u.region) DESC LIMIT 1) u ON g.quality_min_ppm IS NOT NULL
     WHERE r.state <> 'draft' OR (r.root, r.programme, r.year) <> (n.root, n.programme, n.year)
        OR (s.parcel, s.party) <> (n.parcel, n.party) OR NOT s.valid @> r.as_of
        OR NOT p.right_registered OR NOT coalesce(p.scope @> r.as_of, false)
        OR NOT starts_with(p.village, r.region) OR p.village <> n.village
        OR (t.programme, t.level, t.tenure) <> (n.programme, p.public_welfare_level, p.tenure)
        OR coalesce(t.forest_class <> p.forest_class, false)
        OR t.management_grade IS NOT NULL AND t.management_grade IS DISTINCT FROM p.land_protection
        OR (t.payable_fen_per_mu, t.deduction_fen_per_mu) <> (n.fen_per_mu, n.deduction_fen_per_mu)
        OR NOT t.valid @> r.as_of
        OR r.supplementary_of IS NULL
           AND (u.id, coalesce(u.ppm, 1000000)) IS DISTINCT FROM (n.quality_result, n.quality_ppm)
        OR r.supplementary_of IS NULL AND EXISTS (
             SELECT FROM compensation.standard f
              WHERE f.book = n.book AND f.programme = n.programme AND f.level = t.level AND f.tenure = t.tenure
                AND f.valid @> r.as_of AND f.specificity > t.specificity
                AND coalesce(f.forest_class = p.forest_class, true)
                AND (f.management_grade IS NULL OR coalesce(f.management_grade = p.land_protection, false)))
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'line % of roster % does not say what the registry says', wrong.no, wrong.roster
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$`;

const FORMER_GUARD_LINES = `
  CREATE OR REPLACE FUNCTION compensation.guard_lines() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
  DECLARE wrong record;
  BEGIN
    SELECT n.roster, n.no INTO wrong
      FROM added n
      JOIN compensation.roster r ON r.book = n.book AND r.id = n.roster
      JOIN compensation.standard t ON t.book = n.book AND t.id = n.standard
      JOIN registry.right_share s ON s.book = n.book AND s.id = n.right_share
      JOIN registry.parcel p ON p.book = n.book AND p.id = n.parcel
     WHERE r.state <> 'draft' OR (r.root, r.programme, r.year) <> (n.root, n.programme, n.year)
        OR (s.parcel, s.party) <> (n.parcel, n.party) OR NOT s.valid @> r.as_of
        OR NOT p.right_registered OR NOT coalesce(p.scope @> r.as_of, false)
        OR NOT starts_with(p.village, r.region) OR p.village <> n.village
        OR (t.programme, t.level, t.tenure) <> (n.programme, p.public_welfare_level, p.tenure)
        OR t.payable_fen_per_mu <> n.fen_per_mu OR NOT t.valid @> r.as_of
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'line % of roster % does not say what the registry says', wrong.no, wrong.roster
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$`;
