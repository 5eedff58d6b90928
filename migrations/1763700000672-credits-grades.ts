import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What may be claimed with an issuance's grams changes by decision, dated; what was issued as memorandum never leaves. */
export class CreditsGrades1763700000672 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [CHANGES, MEMORANDUM]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON credits.grade_change TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON credits.grade_change TO tanhui_app;
      GRANT SELECT ON credits.grade_change TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER memorandum_placed ON credits.serial_block;
      DROP TRIGGER memorandum_moved ON credits.serial_block;
      ALTER TABLE credits.issuance DROP CONSTRAINT issued_here_as_g0_or_g1;
      DROP TABLE credits.grade_change;
      DROP FUNCTION credits.guard_memorandum, credits.guard_grade_change`);
  }
}

/**
 * A provincial carbon-inclusion scheme recognises an issuance, whole, or takes that back. It holds from the moment of
 * the decision, so that what was retired before keeps the grade it was retired with.
 */
const CHANGES = `
  CREATE TABLE credits.grade_change (
    book            int  NOT NULL,
    id              uuid NOT NULL,
    issuance        uuid NOT NULL,
    -- G2 when it is recognised, G1 again when that is taken back.
    grade           text NOT NULL CHECK (grade IN ('G1', 'G2')),
    inclusion       text NOT NULL CHECK (length(inclusion) BETWEEN 1 AND 100),
    document_no     text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    document_on     date NOT NULL,
    document_sha256 text CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    state           text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by     text NOT NULL,
    proposed_at     timestamptz NOT NULL,
    decided_by      text,
    decided_at      timestamptz,
    rejection       text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, issuance) REFERENCES credits.issuance (book, id),
    CONSTRAINT grade_decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT grade_decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))
  );
  CREATE INDEX grade_change_issuance ON credits.grade_change (book, issuance, decided_at);
  CREATE UNIQUE INDEX grade_change_one_open ON credits.grade_change (book, issuance) WHERE state = 'proposed';
  CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.grade_change
    FOR EACH ROW EXECUTE FUNCTION credits.guard_project_step();

  CREATE FUNCTION credits.guard_grade_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM credits.issuance i WHERE i.book = NEW.book AND i.id = NEW.issuance AND i.grade = 'G1';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'only what was issued to be sold can be recognised' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER recognised_of_g1 BEFORE INSERT ON credits.grade_change
    FOR EACH ROW EXECUTE FUNCTION credits.guard_grade_change()`;

/**
 * Grams of a memorandum issuance (G0) lie with their holder, in the buffer or cancelled: whatever the code does, they
 * are never reserved, sold, retired or moved out. G2 is a decision, and G3 belongs to the national registry: neither
 * is issued here.
 */
const MEMORANDUM = `
  ALTER TABLE credits.issuance ADD CONSTRAINT issued_here_as_g0_or_g1 CHECK (grade IN ('G0', 'G1'));

  CREATE FUNCTION credits.guard_memorandum() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM changed c
      WHERE c.place !~ '^(holding|buffer|cancelled)/'
        AND EXISTS (SELECT FROM credits.issuance i WHERE i.book = c.book AND i.id = c.issuance AND i.grade = 'G0')
      LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'memorandum grams are shown and never sold'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'memorandum_never_leaves',
              SCHEMA = 'credits', TABLE = 'serial_block';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER memorandum_placed AFTER INSERT ON credits.serial_block
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION credits.guard_memorandum();
  CREATE TRIGGER memorandum_moved AFTER UPDATE ON credits.serial_block
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION credits.guard_memorandum()`;
