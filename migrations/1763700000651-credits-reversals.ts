import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 逆转: carbon that was credited and is lost, which serials it were, and what stands in for those that were sold. */
export class CreditsReversals1763700000651 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [EVENTS, LOSSES, REPLACEMENTS, GUARDS]) await q.query(part);
    await q.query(`
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds)
      VALUES ('credits.reverse', 'credits', false, '{holding,buffer,cancelled}')`);
    await q.query(`
      GRANT SELECT, INSERT ON credits.reversal, credits.reversal_parcel, credits.reversal_share, credits.reversed_serials,
        credits.replacement TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON credits.reversal TO tanhui_app;
      GRANT SELECT ON credits.reversal, credits.reversal_parcel, credits.reversal_share, credits.reversed_serials,
        credits.replacement TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER loss_is_told_first ON credits.measurement;
      DROP TABLE credits.replacement, credits.reversed_serials, credits.reversal_share, credits.reversal_parcel,
        credits.reversal;
      DROP FUNCTION credits.guard_reversal, credits.guard_reversal_parcel, credits.guard_lost_parcel`);
    await q.query(`DELETE FROM ledger.entry_kind WHERE kind = 'credits.reverse'`);
  }
}

const EVENTS = `
  CREATE TABLE credits.reversal (
    book        int  NOT NULL REFERENCES platform.book (id),
    id          uuid NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('fire', 'pest', 'felling', 'conversion', 'overestimate')),
    -- The day of the event, or the day on which the mistake was found.
    day         date NOT NULL,
    -- The year that was credited too much; an event takes from all that was credited before it.
    year        int  CHECK (year BETWEEN 1990 AND 2200),
    evidence    text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 500),
    state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by  text,
    decided_at  timestamptz,
    rejection   text CHECK (length(rejection) BETWEEN 1 AND 500),
    PRIMARY KEY (book, id),
    CONSTRAINT a_year_is_corrected CHECK ((kind = 'overestimate') = (year IS NOT NULL)),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))
  );
  CREATE INDEX reversal_state ON credits.reversal (book, state, proposed_at);
  CREATE TABLE credits.reversal_parcel (
    book         int    NOT NULL,
    reversal     uuid   NOT NULL,
    parcel       uuid   NOT NULL,
    -- Of what is left of the parcel's credits, or of the area that was measured.
    lost_ppm     bigint CHECK (lost_ppm BETWEEN 1 AND 1000000),
    lost_mu100   bigint CHECK (lost_mu100 > 0),
    -- The parcel as it was: as long as its facts are these, nobody has told what is left of it.
    area_mu100   bigint NOT NULL,
    forest_class text   NOT NULL,
    age_group    text   NOT NULL,
    PRIMARY KEY (book, reversal, parcel),
    FOREIGN KEY (book, reversal) REFERENCES credits.reversal (book, id),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
    CONSTRAINT a_part_or_an_area CHECK ((lost_ppm IS NULL) <> (lost_mu100 IS NULL))
  );
  CREATE INDEX reversal_parcel_parcel ON credits.reversal_parcel (book, parcel)`;

/** One row a party's part of a parcel and year: what it lost, by where the lost grams were. */
const LOSSES = `
  CREATE TABLE credits.reversal_share (
    book           int    NOT NULL,
    reversal       uuid   NOT NULL,
    measurement    uuid   NOT NULL,
    party          uuid   NOT NULL,
    issuance       uuid   NOT NULL,
    -- What earlier reversals had left of it.
    left_grams     bigint NOT NULL CHECK (left_grams > 0),
    holding_grams  bigint NOT NULL CHECK (holding_grams >= 0),
    buffer_grams   bigint NOT NULL CHECK (buffer_grams >= 0),
    void_grams     bigint NOT NULL CHECK (void_grams >= 0),
    owed_grams     bigint NOT NULL CHECK (owed_grams >= 0),
    lost_grams     bigint NOT NULL GENERATED ALWAYS AS (holding_grams + buffer_grams + void_grams + owed_grams) STORED,
    PRIMARY KEY (book, reversal, measurement, party),
    FOREIGN KEY (book, reversal) REFERENCES credits.reversal (book, id),
    FOREIGN KEY (book, measurement, party) REFERENCES credits.issuance_share (book, measurement, party),
    CONSTRAINT lost_within_what_was_left
      CHECK (holding_grams + buffer_grams + void_grams + owed_grams BETWEEN 1 AND left_grams)
  );
  CREATE INDEX reversal_share_share ON credits.reversal_share (book, measurement, party);
  CREATE INDEX reversal_share_party ON credits.reversal_share (book, party);
  -- A gram is lost once. 'cancelled': nobody had bought it, so it is void now. 'void': it was already. 'owed': it is
  -- somebody's claim, and another gram must stand in for it.
  CREATE TABLE credits.reversed_serials (
    book        int  NOT NULL,
    issuance    uuid NOT NULL,
    serials     int8range NOT NULL CHECK (NOT isempty(serials)),
    reversal    uuid NOT NULL,
    measurement uuid NOT NULL,
    party       uuid NOT NULL,
    fate        text NOT NULL CHECK (fate IN ('cancelled', 'void', 'owed')),
    PRIMARY KEY (book, issuance, serials),
    FOREIGN KEY (book, reversal, measurement, party)
      REFERENCES credits.reversal_share (book, reversal, measurement, party),
    CONSTRAINT lost_once EXCLUDE USING gist (issuance WITH =, serials WITH &&, book WITH =)
  );
  CREATE INDEX reversed_serials_reversal ON credits.reversed_serials (book, reversal)`;

/** Gram for gram: the serials that are owed, and those that were cancelled in their stead. */
const REPLACEMENTS = `
  CREATE TABLE credits.replacement (
    book        int  NOT NULL,
    issuance    uuid NOT NULL,
    serials     int8range NOT NULL CHECK (NOT isempty(serials)),
    reversal    uuid NOT NULL,
    by_issuance uuid NOT NULL,
    by_party    uuid NOT NULL,
    by_serials  int8range NOT NULL,
    by_place    text COLLATE "C" NOT NULL CHECK (by_place ~ '^(buffer|holding)/'),
    -- The agreement by which a right holder gives grams of its own; the buffer needs none.
    document_no text CHECK (length(document_no) BETWEEN 1 AND 200),
    replaced_by text NOT NULL,
    replaced_at timestamptz NOT NULL,
    PRIMARY KEY (book, issuance, serials),
    FOREIGN KEY (book, reversal) REFERENCES credits.reversal (book, id),
    FOREIGN KEY (book, by_issuance, by_party) REFERENCES credits.issuance_line (book, issuance, party),
    CONSTRAINT gram_for_gram CHECK (upper(serials) - lower(serials) = upper(by_serials) - lower(by_serials)),
    CONSTRAINT holder_agreed CHECK (starts_with(by_place, 'buffer/') OR document_no IS NOT NULL),
    CONSTRAINT replaced_once EXCLUDE USING gist (issuance WITH =, serials WITH &&, book WITH =),
    CONSTRAINT replaces_once EXCLUDE USING gist (by_issuance WITH =, by_serials WITH &&, book WITH =)
  );
  CREATE INDEX replacement_reversal ON credits.replacement (book, reversal);
  CREATE INDEX replacement_party ON credits.replacement (book, by_party)`;

const GUARDS = `
  CREATE FUNCTION credits.guard_reversal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      IF NEW.state <> 'proposed' THEN
        RAISE EXCEPTION 'reversal % is proposed first', NEW.id USING ERRCODE = 'restrict_violation';
      END IF;
    ELSIF OLD.state <> 'proposed' OR NEW.state = 'proposed' THEN
      RAISE EXCEPTION 'reversal % was decided before', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.reversal
    FOR EACH ROW EXECUTE FUNCTION credits.guard_reversal();

  CREATE FUNCTION credits.guard_reversal_parcel() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM credits.reversal v WHERE v.book = NEW.book AND v.id = NEW.reversal AND v.state = 'proposed';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'reversal % is decided', NEW.reversal USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER decided_whole BEFORE INSERT ON credits.reversal_parcel
    FOR EACH ROW EXECUTE FUNCTION credits.guard_reversal_parcel();

  -- What was lost is not measured again as if it stood: first somebody tells what is left of the parcel.
  CREATE FUNCTION credits.guard_lost_parcel() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE hit uuid;
  BEGIN
    SELECT n.parcel INTO hit FROM credits.reversal_parcel p
      JOIN credits.reversal v ON v.book = p.book AND v.id = p.reversal AND v.state = 'approved' AND v.kind <> 'overestimate'
      JOIN measured n ON n.book = p.book AND n.parcel = p.parcel
       AND (n.area_mu100, n.forest_class, n.age_group) = (p.area_mu100, p.forest_class, p.age_group)
     WHERE NOT EXISTS (SELECT FROM credits.measurement m
                        WHERE m.book = p.book AND m.parcel = p.parcel AND m.rejected_at IS NULL
                          AND m.measured_at > v.decided_at AND m.year < n.year)
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'parcel % was reversed and not told anew', hit
        USING ERRCODE = 'check_violation', CONSTRAINT = 'loss_is_told_first', SCHEMA = 'credits', TABLE = 'measurement';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER loss_is_told_first AFTER INSERT ON credits.measurement
    REFERENCING NEW TABLE AS measured FOR EACH STATEMENT EXECUTE FUNCTION credits.guard_lost_parcel();
  REVOKE ALL ON FUNCTION credits.guard_lost_parcel() FROM PUBLIC`;
