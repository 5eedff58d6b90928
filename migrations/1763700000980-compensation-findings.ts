import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a roster's guards find, the lines that are held for it, and who lets them go. */
export class CompensationFindings1763700000980 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [EXCLUSION, WATCH, FINDING, GUARD_FINDING, GUARD_LINE]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON compensation.programme_exclusion, compensation.watch_list, compensation.watch_entry,
        compensation.roster_finding, compensation.held_line TO tanhui_app;
      GRANT UPDATE (state, proposed_by, proposed_at, proposal, decided_by, decided_at, note)
        ON compensation.roster_finding TO tanhui_app;
      GRANT SELECT ON compensation.programme_exclusion, compensation.watch_list, compensation.watch_entry,
        compensation.roster_finding, compensation.held_line TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(FORMER_GUARD_LINE);
    await q.query(`
      DROP TABLE compensation.held_line, compensation.roster_finding, compensation.watch_entry,
        compensation.watch_list, compensation.programme_exclusion;
      DROP FUNCTION compensation.guard_finding`);
  }
}

/** Two programmes that never pay for the same ground in the same year, such as 公益林 and 停伐. */
const EXCLUSION = `
  CREATE TABLE compensation.programme_exclusion (
    book        int  NOT NULL,
    programme   uuid NOT NULL,
    other       uuid NOT NULL,
    document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (book, programme, other),
    FOREIGN KEY (book, programme) REFERENCES compensation.programme (book, id),
    FOREIGN KEY (book, other) REFERENCES compensation.programme (book, id),
    CONSTRAINT a_pair_once CHECK (programme < other)
  )`;

/** Lists of persons to be looked at. Numbers are kept as blind indexes alone: a list cannot be read back. */
const WATCH = `
  CREATE TABLE compensation.watch_list (
    book        int  NOT NULL REFERENCES platform.book (id),
    id          uuid NOT NULL,
    -- 干部亲属, 财政供养人员.
    kind        text NOT NULL CHECK (kind IN ('official-relative', 'public-payroll')),
    source      text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
    as_of       date NOT NULL,
    entries     int  NOT NULL CHECK (entries > 0),
    imported_by text NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (book, id)
  );
  CREATE TABLE compensation.watch_entry (
    book            int   NOT NULL,
    list            uuid  NOT NULL,
    id_number_index bytea NOT NULL,
    PRIMARY KEY (book, list, id_number_index),
    FOREIGN KEY (book, list) REFERENCES compensation.watch_list (book, id)
  );
  CREATE INDEX watch_entry_number ON compensation.watch_entry (book, id_number_index)`;

const FINDING = `
  CREATE TABLE compensation.roster_finding (
    book        int  NOT NULL,
    id          uuid NOT NULL,
    roster      uuid NOT NULL,
    guard       text NOT NULL CHECK (guard ~ '^[a-z-]{1,40}$'),
    subject     text COLLATE "C" NOT NULL,
    -- Codes and figures; no names, no personal numbers.
    facts       jsonb NOT NULL,
    parcels     text[] NOT NULL,
    parties     text[] NOT NULL,
    -- A note tells without holding its lines.
    holds       boolean NOT NULL,
    found_at    timestamptz NOT NULL,
    state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'release-proposed', 'released', 'upheld')),
    proposed_by text,
    proposed_at timestamptz,
    proposal    text CHECK (proposal <> '' AND proposal !~ '[0-9]{11}'),
    decided_by  text,
    decided_at  timestamptz,
    note        text CHECK (note <> '' AND note !~ '[0-9]{11}'),
    PRIMARY KEY (book, id),
    CONSTRAINT found_once UNIQUE (book, roster, guard, subject),
    FOREIGN KEY (book, roster) REFERENCES compensation.roster (book, id),
    CONSTRAINT proposal_is_whole CHECK (num_nulls(proposed_by, proposed_at, proposal) IN (0, 3)),
    CONSTRAINT decision_is_whole CHECK (
      num_nulls(decided_by, decided_at, note) IN (0, 3) AND (state IN ('released', 'upheld')) = (decided_by IS NOT NULL)),
    CONSTRAINT proposed_before_released CHECK (state NOT IN ('release-proposed', 'released') OR proposed_by IS NOT NULL),
    CONSTRAINT released_by_two CHECK (state <> 'released' OR decided_by <> proposed_by)
  );
  CREATE TABLE compensation.held_line (
    book    int  NOT NULL,
    finding uuid NOT NULL,
    roster  uuid NOT NULL,
    line_no int  NOT NULL,
    PRIMARY KEY (book, finding, line_no),
    FOREIGN KEY (book, finding) REFERENCES compensation.roster_finding (book, id),
    FOREIGN KEY (book, roster, line_no) REFERENCES compensation.roster_line (book, roster, no)
  );
  CREATE INDEX held_line_line ON compensation.held_line (book, roster, line_no)`;

/** A finding is let go by two who did not make the roster, or upheld by one; what is decided stays. */
const GUARD_FINDING = `
  CREATE FUNCTION compensation.guard_finding() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF OLD.state IN ('released', 'upheld')
       OR (OLD.state || ' ' || NEW.state) NOT IN ('open release-proposed', 'release-proposed open',
            'release-proposed released', 'open upheld', 'release-proposed upheld')
       OR EXISTS (SELECT FROM compensation.roster r WHERE r.book = NEW.book AND r.id = NEW.roster
                     AND r.made_by IN (coalesce(NEW.proposed_by, ''), coalesce(NEW.decided_by, ''))) THEN
      RAISE EXCEPTION 'finding % goes not from % to % by this person', NEW.id, OLD.state, NEW.state
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_finding BEFORE UPDATE ON compensation.roster_finding
    FOR EACH ROW EXECUTE FUNCTION compensation.guard_finding()`;

const guardLine = (rules: string): string => `
  CREATE OR REPLACE FUNCTION compensation.guard_line() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
  DECLARE roster_state text;
  BEGIN
    SELECT r.state INTO roster_state FROM compensation.roster r WHERE r.book = OLD.book AND r.id = OLD.roster;
    IF NEW.state = OLD.state
       ${rules}
       OR OLD.state <> 'carried' AND NEW.state IN ('excluded', 'dismissed') AND roster_state = 'void'
       OR OLD.state = 'dismissed' AND NEW.state = 'carried' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'line % of % roster % goes not from % to %', OLD.no, roster_state, OLD.roster, OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END $$`;

/** Whatever the code does, no line comes back while something that holds it is open, or was found to be right. */
const STILL_HELD = `EXISTS (
         SELECT FROM compensation.held_line h JOIN compensation.roster_finding f ON f.book = h.book AND f.id = h.finding
          WHERE h.book = OLD.book AND h.roster = OLD.roster AND h.line_no = OLD.no AND f.state <> 'released')`;

/** A guard holds a line before its notice too, and what it let go before the notice is in again. */
const GUARD_LINE = guardLine(`
       OR OLD.state = 'included' AND NEW.state = 'objected' AND roster_state IN ('draft', 'notice')
       OR OLD.state = 'objected' AND NEW.state = 'included' AND roster_state = 'draft' AND NOT ${STILL_HELD}
       OR OLD.state = 'objected' AND NEW.state = 'dismissed' AND NOT ${STILL_HELD}
       OR OLD.state = 'objected' AND NEW.state = 'excluded'`);

const FORMER_GUARD_LINE = guardLine(`
       OR OLD.state = 'included' AND NEW.state = 'objected' AND roster_state = 'notice'
       OR OLD.state = 'objected' AND NEW.state IN ('dismissed', 'excluded')`);
