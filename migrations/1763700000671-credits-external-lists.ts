import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of other registries' projects, what they claim here, and what a person has to look into. */
export class CreditsExternalLists1763700000671 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [LISTS, FINDINGS, RELEASES]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON credits.external_list, credits.external_entry, credits.overlap_finding,
        credits.external_release TO tanhui_app;
      GRANT UPDATE (cleared_by, cleared_at, clearance) ON credits.overlap_finding TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON credits.external_release TO tanhui_app;
      GRANT SELECT ON credits.external_list, credits.external_entry, credits.overlap_finding, credits.external_release
        TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE credits.external_release, credits.overlap_finding, credits.external_entry, credits.external_list;
      DROP FUNCTION credits.take_external_release, credits.guard_clearance`);
  }
}

const LISTS = `
  CREATE TABLE credits.external_list (
    book        int  NOT NULL REFERENCES platform.book (id),
    id          uuid NOT NULL,
    registry    text NOT NULL CHECK (length(registry) BETWEEN 1 AND 30 AND strpos(registry, '/') = 0),
    -- The day of which the list tells.
    list_on     date NOT NULL,
    source      text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
    sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    entries     int  NOT NULL CHECK (entries > 0),
    imported_by text NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    CONSTRAINT list_once UNIQUE (book, registry, list_on, sha256)
  );

  CREATE TABLE credits.external_entry (
    book           int  NOT NULL,
    list           uuid NOT NULL,
    -- As a spreadsheet counts: the header is row 1.
    row            int  NOT NULL,
    project_no     text NOT NULL CHECK (length(project_no) BETWEEN 1 AND 38),
    place          text COLLATE "C" NOT NULL,
    unit_no        text COLLATE "C",
    certificate_no text COLLATE "C",
    parcel_code    text COLLATE "C",
    land_unit_code text COLLATE "C",
    area_mu100     bigint CHECK (area_mu100 > 0),
    period         daterange NOT NULL CHECK (NOT isempty(period)),
    PRIMARY KEY (book, list, row),
    FOREIGN KEY (book, list) REFERENCES credits.external_list (book, id)
  )`;

const FINDINGS = `
  CREATE TABLE credits.overlap_finding (
    book       int  NOT NULL,
    id         uuid NOT NULL,
    list       uuid NOT NULL,
    row        int  NOT NULL,
    -- Held here already, by this book or another scheme; or land of like size in the same place.
    kind       text NOT NULL CHECK (kind IN ('land-held', 'possible')),
    evidence   jsonb NOT NULL,
    found_at   timestamptz NOT NULL,
    -- Whoever imported the list; somebody else says what came of it.
    found_by   text NOT NULL,
    cleared_by text,
    cleared_at timestamptz,
    clearance  text CHECK (length(clearance) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    CONSTRAINT cleared_by_another CHECK (cleared_by <> found_by),
    CONSTRAINT clearance_is_whole CHECK (num_nonnulls(cleared_by, cleared_at, clearance) IN (0, 3)),
    FOREIGN KEY (book, list, row) REFERENCES credits.external_entry (book, list, row)
  );
  CREATE INDEX overlap_finding_open ON credits.overlap_finding (book, id) WHERE cleared_at IS NULL;

  CREATE FUNCTION credits.guard_clearance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF OLD.cleared_at IS NOT NULL THEN
      RAISE EXCEPTION 'a finding is cleared once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER cleared_once BEFORE UPDATE ON credits.overlap_finding
    FOR EACH ROW EXECUTE FUNCTION credits.guard_clearance()`;

/** A list was wrong, or its project ended: two people let go of what it claimed. */
const RELEASES = `
  CREATE TABLE credits.external_release (
    book            int  NOT NULL REFERENCES platform.book (id),
    id              uuid NOT NULL,
    scheme          text NOT NULL CHECK (starts_with(scheme, 'external:')),
    reason          text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    document_no     text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    -- What the other registry credited stays claimed.
    credited        daterange,
    state           text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by     text NOT NULL,
    proposed_at     timestamptz NOT NULL,
    decided_by      text,
    decided_at      timestamptz,
    rejection       text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    CONSTRAINT release_decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT release_decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))
  );
  CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.external_release
    FOR EACH ROW EXECUTE FUNCTION credits.guard_project_step();

  CREATE FUNCTION credits.take_external_release() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM credits.release_claims(NEW.book, NEW.scheme, NEW.credited, NEW.id, NEW.decided_at);
    RETURN NULL;
  END $$;
  REVOKE ALL ON FUNCTION credits.take_external_release FROM PUBLIC;
  CREATE TRIGGER take_release AFTER UPDATE ON credits.external_release
    FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION credits.take_external_release()`;
