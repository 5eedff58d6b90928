import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An unused buffer returns to whose land it came from, once an issuance, when the county's rule says that it is time. */
export class CreditsBufferReturn1763700000663 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE credits.buffer_return (
        book        int  NOT NULL,
        id          uuid NOT NULL,
        issuance    uuid NOT NULL,
        -- The rule as it was: so many years, and the first day on which the buffer may return.
        years       int  NOT NULL CHECK (years BETWEEN 1 AND 100),
        due_day     date NOT NULL,
        document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        -- What was left of the buffer when it returned.
        grams       bigint CHECK (grams > 0),
        state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL,
        decided_by  text,
        decided_at  timestamptz,
        rejection   text CHECK (length(rejection) BETWEEN 1 AND 500),
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, issuance) REFERENCES credits.issuance (book, id),
        CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
        CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
          AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)
          AND (state = 'approved') = (grams IS NOT NULL))
      );
      CREATE UNIQUE INDEX returned_once ON credits.buffer_return (book, issuance) WHERE state <> 'rejected';
      CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON credits.buffer_return
        FOR EACH ROW EXECUTE FUNCTION credits.guard_decided();

      -- Free again: what a party may sell grows by it.
      ALTER TABLE credits.issuance_line
        ADD returned_grams bigint NOT NULL DEFAULT 0,
        ADD CONSTRAINT returned_of_the_buffer CHECK (returned_grams BETWEEN 0 AND buffer_grams);

      GRANT SELECT, INSERT ON credits.buffer_return TO tanhui_app;
      GRANT UPDATE (state, grams, decided_by, decided_at, rejection) ON credits.buffer_return TO tanhui_app;
      GRANT UPDATE (returned_grams) ON credits.issuance_line TO tanhui_app;
      GRANT SELECT ON credits.buffer_return TO tanhui_auditor;

      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds)
      VALUES ('credits.return-buffer', 'credits', false, '{buffer,holding}')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DELETE FROM ledger.entry_kind WHERE kind = 'credits.return-buffer';
      REVOKE UPDATE (returned_grams) ON credits.issuance_line FROM tanhui_app;
      ALTER TABLE credits.issuance_line DROP COLUMN returned_grams;
      DROP TABLE credits.buffer_return`);
  }
}
