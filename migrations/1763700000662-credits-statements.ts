import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was measured is frozen in a statement, commented on by the public, and re-checked or verified by a third party. */
export class CreditsStatements1763700000662 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [STATEMENTS, COMMENTS, VERIFICATIONS, MEASUREMENTS, ISSUANCES, GUARDS])
      await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON credits.statement, credits.statement_line, credits.comment, credits.verification TO tanhui_app;
      GRANT UPDATE (outcome, answer, answered_by, answered_at) ON credits.comment TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON credits.verification TO tanhui_app;
      GRANT UPDATE (statement, verification, discount_grams) ON credits.measurement TO tanhui_app;
      GRANT SELECT ON credits.statement, credits.statement_line, credits.comment, credits.verification TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER comments_are_answered ON credits.measurement;
      DROP TRIGGER of_one_statement ON credits.measurement;
      DROP TRIGGER verified_by_its_statement ON credits.measurement;
      DROP TRIGGER verified_by_approval ON credits.issuance;
      DROP FUNCTION credits.check_comments, credits.guard_statement_of, credits.guard_verified;
      ALTER TABLE credits.measurement
        DROP CONSTRAINT issued_is_rechecked,
        DROP COLUMN statement, DROP COLUMN verification, DROP COLUMN discount_grams,
        ADD CONSTRAINT issued_is_rechecked CHECK (issuance IS NULL OR (rechecked_at IS NOT NULL AND rejected_at IS NULL));
      ALTER TABLE credits.issuance
        DROP COLUMN verification, DROP COLUMN discount_grams, DROP COLUMN coefficient_sets;
      DROP TABLE credits.verification, credits.comment, credits.statement_line, credits.statement;
      DROP FUNCTION credits.guard_comment, credits.guard_verification`);
  }
}

const STATEMENTS = `
  CREATE TABLE credits.statement (
    book          int  NOT NULL REFERENCES platform.book (id),
    id            uuid NOT NULL,
    no            text COLLATE "C" NOT NULL CHECK (no ~ '^[0-9]{6,9}-[0-9]{4}-s[0-9]{1,3}$'),
    region        text COLLATE "C" NOT NULL,
    year          int  NOT NULL,
    parcels       int  NOT NULL CHECK (parcels > 0),
    area_mu100    bigint NOT NULL CHECK (area_mu100 > 0),
    grams         bigint NOT NULL CHECK (grams >= 0),
    evidence_no   text CHECK (length(evidence_no) BETWEEN 1 AND 200),
    -- Over the totals by village, class and set, as everybody can read them.
    hash          text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    -- The days of public comment, both inside; none where the county's rule has none.
    comment_from  date,
    comment_until date,
    published_by  text NOT NULL,
    published_at  timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    CONSTRAINT statement_no UNIQUE (book, no),
    CONSTRAINT comment_days CHECK ((comment_from IS NULL) = (comment_until IS NULL) AND comment_until > comment_from),
    CONSTRAINT above_a_tonne_needs_evidence
      CHECK (grams::numeric * 100 <= area_mu100::numeric * 1000000 OR evidence_no IS NOT NULL)
  );
  CREATE TABLE credits.statement_line (
    book            int  NOT NULL,
    statement       uuid NOT NULL,
    village         text COLLATE "C" NOT NULL,
    forest_class    text NOT NULL,
    method_kind     text NOT NULL,
    coefficient_set text COLLATE "C" NOT NULL REFERENCES credits.coefficient_set (version),
    parcels         int  NOT NULL CHECK (parcels > 0),
    area_mu100      bigint NOT NULL CHECK (area_mu100 > 0),
    grams           bigint NOT NULL CHECK (grams >= 0),
    PRIMARY KEY (book, statement, village, forest_class, coefficient_set),
    FOREIGN KEY (book, statement) REFERENCES credits.statement (book, id)
  )`;

const COMMENTS = `
  CREATE TABLE credits.comment (
    book        int  NOT NULL,
    id          uuid NOT NULL,
    statement   uuid NOT NULL,
    no          int  NOT NULL CHECK (no > 0),
    -- Absent: about the statement as a whole.
    parcel      uuid,
    village     text COLLATE "C",
    subject     text NOT NULL CHECK (subject IN ('area', 'class', 'growth', 'right', 'other')),
    -- For the bureau and for who wrote it; never public.
    text        text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
    channel     text NOT NULL CHECK (channel IN ('resident', 'staff')),
    made_by     text NOT NULL,
    made_at     timestamptz NOT NULL,
    outcome     text CHECK (outcome IN ('kept', 'upheld')),
    answer      text CHECK (length(answer) BETWEEN 1 AND 1000),
    answered_by text,
    answered_at timestamptz,
    PRIMARY KEY (book, id),
    UNIQUE (book, statement, no),
    FOREIGN KEY (book, statement) REFERENCES credits.statement (book, id),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
    CONSTRAINT parcel_has_village CHECK ((parcel IS NULL) = (village IS NULL)),
    CONSTRAINT answer_is_whole CHECK (num_nonnulls(outcome, answer, answered_by, answered_at) IN (0, 4)),
    CONSTRAINT answered_by_another CHECK (answered_by <> made_by)
  );
  -- A resident speaks once of a parcel; staff may bring what several neighbours say.
  CREATE UNIQUE INDEX comment_once ON credits.comment (book, statement, parcel, made_by)
    NULLS NOT DISTINCT WHERE channel = 'resident';
  CREATE INDEX comment_open ON credits.comment (book, statement, parcel) WHERE answered_at IS NULL;
  CREATE INDEX comment_mine ON credits.comment (book, made_by)`;

/** 第三方核证: who verified, by which report, what of. */
const VERIFICATIONS = `
  CREATE TABLE credits.verification (
    book            int  NOT NULL,
    id              uuid NOT NULL,
    statement       uuid NOT NULL,
    body            text NOT NULL CHECK (length(body) BETWEEN 1 AND 200),
    report_no       text NOT NULL CHECK (length(report_no) BETWEEN 1 AND 200),
    report_day      date NOT NULL,
    scope           text NOT NULL CHECK (length(scope) BETWEEN 1 AND 500),
    document_sha256 text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    state           text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by     text NOT NULL,
    proposed_at     timestamptz NOT NULL,
    decided_by      text,
    decided_at      timestamptz,
    rejection       text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    UNIQUE (book, id, statement),
    FOREIGN KEY (book, statement) REFERENCES credits.statement (book, id),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))
  );
  CREATE UNIQUE INDEX verified_once ON credits.verification (book, statement) WHERE state = 'approved';
  CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.verification
    FOR EACH ROW EXECUTE FUNCTION credits.guard_decided()`;

const MEASUREMENTS = `
  ALTER TABLE credits.measurement
    ADD statement      uuid,
    ADD verification   uuid,
    -- Taken off at issuance for the uncertainty of the coefficient, by the county's rule: these grams are nobody's.
    ADD discount_grams bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT discount_of_the_grams CHECK (discount_grams BETWEEN 0 AND grams),
    ADD CONSTRAINT measurement_statement FOREIGN KEY (book, statement) REFERENCES credits.statement (book, id),
    ADD CONSTRAINT measurement_verification FOREIGN KEY (book, verification, statement)
      REFERENCES credits.verification (book, id, statement),
    ADD CONSTRAINT verified_has_statement CHECK (verification IS NULL OR statement IS NOT NULL),
    DROP CONSTRAINT issued_is_rechecked,
    ADD CONSTRAINT issued_is_rechecked CHECK (issuance IS NULL
      OR (rejected_at IS NULL AND (rechecked_at IS NOT NULL OR verification IS NOT NULL)));
  CREATE INDEX measurement_statement ON credits.measurement (book, statement) WHERE statement IS NOT NULL`;

const ISSUANCES = `
  ALTER TABLE credits.issuance
    ADD verification     uuid,
    ADD discount_grams   bigint NOT NULL DEFAULT 0 CHECK (discount_grams >= 0),
    -- Every set its grams were measured with; coefficient_set is the one that gave the buffer's share.
    ADD coefficient_sets text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT issuance_verification FOREIGN KEY (book, verification) REFERENCES credits.verification (book, id)`;

const GUARDS = `
  CREATE FUNCTION credits.guard_comment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF OLD.answered_at IS NOT NULL THEN
      RAISE EXCEPTION 'comment % was answered before', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER answered_once BEFORE UPDATE ON credits.comment
    FOR EACH ROW EXECUTE FUNCTION credits.guard_comment();

  CREATE FUNCTION credits.guard_verification() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM credits.verification v WHERE v.book = NEW.book AND v.id = NEW.verification AND v.state = 'approved';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the verification % is not approved', NEW.verification USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER verified_by_approval BEFORE INSERT ON credits.issuance
    FOR EACH ROW WHEN (NEW.verification IS NOT NULL) EXECUTE FUNCTION credits.guard_verification();

  CREATE FUNCTION credits.guard_statement_of() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    RAISE EXCEPTION 'measurement % is in a statement for good', OLD.id USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER of_one_statement BEFORE UPDATE ON credits.measurement FOR EACH ROW
    WHEN (OLD.statement IS NOT NULL AND NEW.statement IS DISTINCT FROM OLD.statement
          OR OLD.verification IS NOT NULL AND NEW.verification IS DISTINCT FROM OLD.verification
          OR OLD.issuance IS NOT NULL AND NEW.discount_grams <> OLD.discount_grams)
    EXECUTE FUNCTION credits.guard_statement_of();

  CREATE FUNCTION credits.guard_verified() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM credits.verification v
     WHERE v.book = NEW.book AND v.id = NEW.verification AND v.state = 'approved'
       AND v.decided_by <> NEW.measured_by;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the verification % is not approved by another', NEW.verification
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER verified_by_its_statement BEFORE UPDATE ON credits.measurement FOR EACH ROW
    WHEN (OLD.verification IS NULL AND NEW.verification IS NOT NULL) EXECUTE FUNCTION credits.guard_verified();

  -- Nothing is issued while it is open to comment, nor a parcel of which a comment was not answered.
  CREATE FUNCTION credits.check_comments() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  DECLARE hit record;
  BEGIN
    SELECT m.parcel, s.no INTO hit
      FROM changed m
      JOIN credits.issuance i ON i.book = m.book AND i.id = m.issuance
      JOIN credits.statement s ON s.book = m.book AND s.id = m.statement
     WHERE s.comment_until >= (i.issued_at AT TIME ZONE 'Asia/Shanghai')::date
        OR EXISTS (SELECT FROM credits.comment c WHERE c.book = m.book AND c.statement = m.statement
                      AND c.parcel = m.parcel AND c.answered_at IS NULL)
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'parcel % of statement % is open to comment', hit.parcel, hit.no
        USING ERRCODE = 'check_violation', CONSTRAINT = 'comments_are_answered';
    END IF;
    SELECT q.issuance INTO hit
      FROM (SELECT DISTINCT m.book, m.issuance FROM changed m
             WHERE m.issuance IS NOT NULL AND m.statement IS NULL) q
      JOIN credits.issuance i ON i.book = q.book AND i.id = q.issuance
     WHERE (SELECT (r.value ->> 'days')::int FROM credits.book_rule r
             WHERE r.book = i.book AND r.kind = 'comment-days' AND r.state = 'approved'
               AND r.valid_from <= (i.issued_at AT TIME ZONE 'Asia/Shanghai')::date
             ORDER BY r.valid_from DESC LIMIT 1) > 0
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'issuance % holds what no statement was published of', hit.issuance
        USING ERRCODE = 'check_violation', CONSTRAINT = 'comments_are_answered';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER comments_are_answered AFTER UPDATE ON credits.measurement
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION credits.check_comments()`;
