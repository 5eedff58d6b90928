import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sets of coefficients that a county proposes and another person approves, by origin too. The set that came with the
 * product holds for every book until one of its own is in force.
 */
export class CreditsMethodology1763700000645 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [SETS, COEFFICIENTS, MEASUREMENTS, GUARDS]) await q.query(part);
    await q.query(`
      GRANT INSERT ON credits.coefficient_set, credits.coefficient TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (state, decided_by, decided_at, decision_note) ON credits.coefficient_set TO tanhui_app`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER guard_set ON credits.coefficient_set;
      DROP TRIGGER guard_coefficient ON credits.coefficient;
      DROP FUNCTION credits.guard_coefficient_set, credits.guard_coefficient;
      REVOKE INSERT ON credits.coefficient_set, credits.coefficient FROM tanhui_app;
      REVOKE UPDATE (state, decided_by, decided_at, decision_note) ON credits.coefficient_set FROM tanhui_app`);
    await q.query(`
      ALTER TABLE credits.measurement
        DROP CONSTRAINT measured_with_a_coefficient,
        DROP CONSTRAINT measurement_grams_per_mu_check,
        DROP COLUMN origin;
      ALTER TABLE credits.coefficient DROP CONSTRAINT coefficient_pkey, DROP CONSTRAINT above_a_tonne_needs_evidence;
      DELETE FROM credits.coefficient c USING credits.coefficient_set s
       WHERE s.version = c.coefficient_set AND (c.origin = 'planted' OR s.book IS NOT NULL);
      DELETE FROM credits.coefficient_set WHERE book IS NOT NULL;
      ALTER TABLE credits.coefficient
        DROP COLUMN origin, DROP COLUMN evidence_no,
        ADD PRIMARY KEY (coefficient_set, forest_class, age_group),
        ADD CONSTRAINT coefficient_grams_per_mu_year_check CHECK (grams_per_mu_year BETWEEN 0 AND 1000000);
      ALTER TABLE credits.measurement
        ADD CONSTRAINT measurement_grams_per_mu_check CHECK (grams_per_mu BETWEEN 0 AND 1000000),
        ADD FOREIGN KEY (coefficient_set, forest_class, age_group)
          REFERENCES credits.coefficient (coefficient_set, forest_class, age_group);
      DROP INDEX credits.coefficient_set_in_force;
      ALTER TABLE credits.coefficient_set
        DROP COLUMN book, DROP COLUMN state, DROP COLUMN proposed_by, DROP COLUMN proposed_at,
        DROP COLUMN decided_by, DROP COLUMN decided_at, DROP COLUMN decision_note,
        ADD UNIQUE (valid_from)`);
  }
}

const SETS = `
  ALTER TABLE credits.coefficient_set
    DROP CONSTRAINT coefficient_set_valid_from_key,
    -- NULL: came with the product.
    ADD book          int REFERENCES platform.book (id),
    ADD state         text NOT NULL DEFAULT 'approved' CHECK (state IN ('proposed', 'approved', 'rejected')),
    ADD proposed_by   text,
    ADD proposed_at   timestamptz,
    ADD decided_by    text,
    ADD decided_at    timestamptz,
    ADD decision_note text,
    ADD CONSTRAINT proposed_by_somebody CHECK (book IS NULL OR (proposed_by IS NOT NULL AND proposed_at IS NOT NULL)),
    ADD CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    ADD CONSTRAINT decision_has_a_time CHECK (book IS NULL OR ((state = 'proposed') = (decided_by IS NULL)
                                                           AND (decided_by IS NULL) = (decided_at IS NULL))),
    ADD CONSTRAINT rejection_has_a_reason CHECK (state <> 'rejected' OR decision_note IS NOT NULL);
  CREATE UNIQUE INDEX coefficient_set_in_force ON credits.coefficient_set (coalesce(book, 0), valid_from)
    WHERE state = 'approved'`;

/** Above one tonne a mu and year nothing is credited without a document of what was measured. */
const COEFFICIENTS = `
  ALTER TABLE credits.measurement DROP CONSTRAINT measurement_coefficient_set_forest_class_age_group_fkey;
  ALTER TABLE credits.coefficient
    DROP CONSTRAINT coefficient_pkey,
    DROP CONSTRAINT coefficient_grams_per_mu_year_check,
    ADD origin text NOT NULL DEFAULT 'natural' CHECK (origin IN ('natural', 'planted')),
    ADD evidence_no text CHECK (length(evidence_no) BETWEEN 1 AND 200),
    ADD CONSTRAINT above_a_tonne_needs_evidence CHECK (grams_per_mu_year BETWEEN 0 AND 10000000
      AND (grams_per_mu_year <= 1000000 OR evidence_no IS NOT NULL)),
    ADD PRIMARY KEY (coefficient_set, forest_class, age_group, origin);
  INSERT INTO credits.coefficient (coefficient_set, forest_class, age_group, origin, grams_per_mu_year)
  SELECT c.coefficient_set, c.forest_class, c.age_group, 'planted', c.grams_per_mu_year FROM credits.coefficient c;
  ALTER TABLE credits.coefficient ALTER origin DROP DEFAULT`;

const MEASUREMENTS = `
  ALTER TABLE credits.measurement ADD origin text;
  UPDATE credits.measurement m SET origin = p.origin
    FROM registry.parcel p WHERE p.book = m.book AND p.id = m.parcel;
  ALTER TABLE credits.measurement
    ALTER origin SET NOT NULL,
    DROP CONSTRAINT measurement_grams_per_mu_check,
    ADD CONSTRAINT measurement_grams_per_mu_check CHECK (grams_per_mu BETWEEN 0 AND 10000000),
    ADD CONSTRAINT measured_with_a_coefficient FOREIGN KEY (coefficient_set, forest_class, age_group, origin)
      REFERENCES credits.coefficient (coefficient_set, forest_class, age_group, origin)`;

/** A set is proposed whole, decided once, and never changed: figures cite it for thirty years. */
const GUARDS = `
  CREATE FUNCTION credits.guard_coefficient_set() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
  BEGIN
    IF (CASE TG_OP WHEN 'INSERT' THEN NEW.state <> 'proposed' OR NEW.book IS NULL
                   ELSE OLD.state <> 'proposed' OR NEW.state = 'proposed' END) THEN
      RAISE EXCEPTION 'the set % is proposed first and decided once', NEW.version USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_set BEFORE INSERT OR UPDATE ON credits.coefficient_set
    FOR EACH ROW EXECUTE FUNCTION credits.guard_coefficient_set();

  CREATE FUNCTION credits.guard_coefficient() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM credits.coefficient_set s WHERE s.version = NEW.coefficient_set AND s.state = 'proposed';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the set % is decided', NEW.coefficient_set USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_coefficient BEFORE INSERT ON credits.coefficient
    FOR EACH ROW EXECUTE FUNCTION credits.guard_coefficient()`;
