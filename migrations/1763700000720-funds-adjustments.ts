import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents that change an indicator's amount (追加、追减), each in the ledger before it is committed. */
export class FundsAdjustments1763700000720 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds)
      VALUES ('funds.adjust', 'funds', false, '{allotted,fund}')`);
    await q.query(`
      CREATE TABLE funds.adjustment (
        book        int    NOT NULL,
        id          uuid   NOT NULL,
        indicator   uuid   NOT NULL,
        document_no text   NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        -- Above zero the indicator has more, below zero less.
        change_fen  bigint NOT NULL CHECK (change_fen <> 0),
        reason      text   NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
        -- The day of the document.
        adjusted_on date   NOT NULL,
        recorded_by text   NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, indicator) REFERENCES funds.indicator (book, id),
        CONSTRAINT document_adjusts_once UNIQUE (book, indicator, document_no)
      );
      GRANT SELECT, INSERT ON funds.adjustment TO tanhui_app;
      GRANT SELECT ON funds.adjustment TO tanhui_auditor;

      -- What the rows say is what the ledger has, whoever wrote them: a row without its entry does not commit, and
      -- below what is reserved or further on the floor of fund/<indicator> lets no entry go.
      CREATE FUNCTION funds.adjustment_is_posted() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE
        stated  bigint := (SELECT i.amount_fen + sum(a.change_fen)
                             FROM funds.indicator i JOIN funds.adjustment a ON a.book = i.book AND a.indicator = i.id
                            WHERE i.book = NEW.book AND i.id = NEW.indicator GROUP BY i.amount_fen);
        counted bigint := (SELECT coalesce(sum(a.side * (a.debits - a.credits)), 0) FROM ledger.account a
                            WHERE a.book = NEW.book AND a.path = 'allotted/' || NEW.indicator);
      BEGIN
        IF stated <> counted THEN
          RAISE EXCEPTION 'indicator % is stated as % fen, the ledger has %', NEW.indicator, stated, counted
            USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION funds.adjustment_is_posted() FROM PUBLIC;
      CREATE CONSTRAINT TRIGGER adjustment_is_posted AFTER INSERT ON funds.adjustment
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds.adjustment_is_posted()`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE funds.adjustment;
      DROP FUNCTION funds.adjustment_is_posted;
      DELETE FROM ledger.entry_kind WHERE kind = 'funds.adjust'`);
  }
}
