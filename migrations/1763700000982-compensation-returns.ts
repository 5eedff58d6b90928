import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A post sends a roster back to the one that has to mend something, and gets it straight back. */
export class CompensationReturns1763700000982 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(RETURN);
    await q.query(GUARD);
    await q.query(`
      GRANT SELECT, INSERT ON compensation.roster_return TO tanhui_app;
      GRANT UPDATE (answer, answered_by, answered_at, acting_order_no) ON compensation.roster_return TO tanhui_app;
      GRANT UPDATE (return_to) ON compensation.roster TO tanhui_app;
      GRANT SELECT ON compensation.roster_return TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER guard_return ON compensation.roster;
      DROP FUNCTION compensation.guard_return;
      DROP TABLE compensation.roster_return;
      ALTER TABLE compensation.roster DROP COLUMN return_to`);
  }
}

const RETURN = `
  -- The post, counted from 1, that has to mend something; null while nobody has.
  ALTER TABLE compensation.roster ADD return_to int,
    ADD CONSTRAINT returned_to_a_post_before CHECK (return_to BETWEEN 1 AND step),
    ADD CONSTRAINT returned_in_review CHECK (return_to IS NULL OR state IN ('review', 'void'));
  CREATE TABLE compensation.roster_return (
    book         int  NOT NULL,
    id           uuid NOT NULL,
    roster       uuid NOT NULL,
    from_ordinal int  NOT NULL,
    to_ordinal   int  NOT NULL CHECK (to_ordinal BETWEEN 1 AND from_ordinal - 1),
    reason       text NOT NULL CHECK (reason <> '' AND reason !~ '[0-9]{11}'),
    returned_by  text NOT NULL,
    returned_at  timestamptz NOT NULL,
    answer       text CHECK (answer <> '' AND answer !~ '[0-9]{11}'),
    answered_by  text,
    answered_at  timestamptz,
    acting_order_no text,
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, roster) REFERENCES compensation.roster (book, id),
    CONSTRAINT answered_whole CHECK (num_nulls(answer, answered_by, answered_at) IN (0, 3)),
    CONSTRAINT answered_by_another CHECK (answered_by <> returned_by)
  );
  CREATE UNIQUE INDEX one_return_open ON compensation.roster_return (book, roster) WHERE answered_at IS NULL`;

/** Nothing moves while a roster is sent back but its being given up; and it comes back only with an answer. */
const GUARD = `
  CREATE FUNCTION compensation.guard_return() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF OLD.return_to IS NOT NULL AND (NEW.step <> OLD.step OR NEW.state NOT IN ('review', 'void'))
       OR NEW.return_to IS DISTINCT FROM OLD.return_to AND (NEW.return_to IS NOT NULL) IS DISTINCT FROM EXISTS (
            SELECT FROM compensation.roster_return r
             WHERE r.book = NEW.book AND r.roster = NEW.id AND r.answered_at IS NULL) THEN
      RAISE EXCEPTION 'roster % waits for the post that it was sent back to', NEW.no USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_return BEFORE UPDATE ON compensation.roster
    FOR EACH ROW EXECUTE FUNCTION compensation.guard_return()`;
