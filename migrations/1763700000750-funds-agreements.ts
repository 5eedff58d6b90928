import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Compensation between two books (跨区域补偿协议): the agreement in both, money through clearing accounts, and benefits that are no money. */
export class FundsAgreements1763700000750 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // What left one book is what came into the other: over both books these two are equal.
    await q.query(`
      INSERT INTO ledger.account_kind (kind, owner, side, floor)
      VALUES ('clearing-out', 'funds', -1, 0),
             ('clearing-in',  'funds',  1, 0);
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds)
      VALUES ('funds.remit',   'funds', false, '{fund,clearing-out}'),
             ('funds.receive', 'funds', false, '{clearing-in,fund}')`);
    await this.agreements(q);
    await this.transfers(q);
    await this.received(q);
  }

  private async agreements(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE funds.agreement (
        book           int    NOT NULL REFERENCES platform.book (id),
        -- The same in both books.
        id             uuid   NOT NULL,
        agreement_no   text   NOT NULL CHECK (length(agreement_no) BETWEEN 1 AND 200),
        purpose        text   NOT NULL CHECK (length(purpose) BETWEEN 1 AND 200),
        payer_book     int    NOT NULL REFERENCES platform.book (id),
        recipient_book int    NOT NULL REFERENCES platform.book (id),
        amount_fen     bigint NOT NULL CHECK (amount_fen > 0),
        valid          daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid) AND NOT upper_inf(valid)),
        state          text   NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
        proposed_by    text   NOT NULL,
        proposed_at    timestamptz NOT NULL,
        decided_by     text,
        decided_at     timestamptz,
        rejection      text   CHECK (length(rejection) BETWEEN 1 AND 500),
        PRIMARY KEY (book, id),
        CONSTRAINT two_books CHECK (payer_book <> recipient_book AND book IN (payer_book, recipient_book)),
        CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
        CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
          AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL))
      );
      CREATE INDEX agreement_of_both ON funds.agreement (id);
      CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON funds.agreement
        FOR EACH ROW EXECUTE FUNCTION funds.guard_decided();

      CREATE FUNCTION funds.same_terms() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        IF EXISTS (SELECT FROM funds.agreement o
                    WHERE o.id = NEW.id AND o.book <> NEW.book
                      AND (o.agreement_no, o.purpose, o.payer_book, o.recipient_book, o.amount_fen, o.valid)
                          <> (NEW.agreement_no, NEW.purpose, NEW.payer_book, NEW.recipient_book, NEW.amount_fen, NEW.valid)) THEN
          RAISE EXCEPTION 'agreement % says something else in the other book', NEW.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER same_terms BEFORE INSERT ON funds.agreement
        FOR EACH ROW EXECUTE FUNCTION funds.same_terms();
      GRANT SELECT, INSERT ON funds.agreement TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON funds.agreement TO tanhui_app;
      GRANT SELECT ON funds.agreement TO tanhui_auditor`);
  }

  private async transfers(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE funds.agreement_transfer (
        book        int    NOT NULL,
        agreement   uuid   NOT NULL,
        no          int    NOT NULL CHECK (no > 0),
        indicator   uuid   NOT NULL,
        amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
        document_no text   NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        -- The book that remitted it, where it was received.
        remitted_by int,
        recorded_by text   NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (book, agreement, no),
        UNIQUE (book, agreement, no, amount_fen),
        FOREIGN KEY (book, agreement) REFERENCES funds.agreement (book, id),
        FOREIGN KEY (book, indicator) REFERENCES funds.indicator (book, id),
        CONSTRAINT received_as_remitted FOREIGN KEY (remitted_by, agreement, no, amount_fen)
          REFERENCES funds.agreement_transfer (book, agreement, no, amount_fen)
      );
      -- 对口协作、园区等: worth so much by the agreement, and no money. It is in no sum of fen.
      CREATE TABLE funds.agreement_benefit (
        book        int    NOT NULL,
        agreement   uuid   NOT NULL,
        no          int    NOT NULL CHECK (no > 0),
        kind        text   NOT NULL CHECK (kind IN ('pairing', 'park', 'training', 'industry', 'other')),
        description text   NOT NULL CHECK (length(description) BETWEEN 1 AND 200),
        valued_fen  bigint NOT NULL CHECK (valued_fen > 0),
        given_on    date   NOT NULL,
        document_no text   NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        -- The book that stated it, where it is confirmed.
        stated_by   int,
        recorded_by text   NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (book, agreement, no),
        UNIQUE (book, agreement, no, kind, valued_fen, given_on),
        FOREIGN KEY (book, agreement) REFERENCES funds.agreement (book, id),
        CONSTRAINT confirmed_as_stated FOREIGN KEY (stated_by, agreement, no, kind, valued_fen, given_on)
          REFERENCES funds.agreement_benefit (book, agreement, no, kind, valued_fen, given_on)
      );
      CREATE FUNCTION funds.guard_transfer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      DECLARE
        terms funds.agreement := (SELECT a FROM funds.agreement a WHERE a.book = NEW.book AND a.id = NEW.agreement);
      BEGIN
        IF (SELECT count(*) FROM funds.agreement a WHERE a.id = NEW.agreement AND a.state = 'approved') <> 2 THEN
          RAISE EXCEPTION 'agreement % is not approved in both books', NEW.agreement USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.remitted_by IS DISTINCT FROM (CASE NEW.book WHEN terms.recipient_book THEN terms.payer_book END) THEN
          RAISE EXCEPTION 'the payer of agreement % remits and the recipient receives', NEW.agreement
            USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.amount_fen + (SELECT coalesce(sum(t.amount_fen), 0) FROM funds.agreement_transfer t
                              WHERE t.book = NEW.book AND t.agreement = NEW.agreement) > terms.amount_fen THEN
          RAISE EXCEPTION 'more than agreement % says', NEW.agreement USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER guard_transfer BEFORE INSERT ON funds.agreement_transfer
        FOR EACH ROW EXECUTE FUNCTION funds.guard_transfer();
      GRANT SELECT, INSERT ON funds.agreement_transfer, funds.agreement_benefit TO tanhui_app;
      GRANT SELECT ON funds.agreement_transfer, funds.agreement_benefit TO tanhui_auditor`);
  }

  /** An indicator that another book's money made: its amount came through clearing, not by allotment. */
  private async received(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE funds.indicator ADD agreement uuid,
        ADD CONSTRAINT indicator_of_an_agreement FOREIGN KEY (book, agreement) REFERENCES funds.agreement (book, id);

      CREATE OR REPLACE FUNCTION funds.adjustment_is_posted() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE
        stated  bigint := (SELECT CASE WHEN i.agreement IS NULL THEN i.amount_fen ELSE 0 END + sum(a.change_fen)
                             FROM funds.indicator i JOIN funds.adjustment a ON a.book = i.book AND a.indicator = i.id
                            WHERE i.book = NEW.book AND i.id = NEW.indicator GROUP BY i.agreement, i.amount_fen);
        counted bigint := (SELECT coalesce(sum(a.side * (a.debits - a.credits)), 0) FROM ledger.account a
                            WHERE a.book = NEW.book AND a.path = 'allotted/' || NEW.indicator);
      BEGIN
        IF stated <> counted THEN
          RAISE EXCEPTION 'indicator % is stated as % fen, the ledger has %', NEW.indicator, stated, counted
            USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
      END $$`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE funds.indicator DROP COLUMN agreement;
      DROP TABLE funds.agreement_benefit, funds.agreement_transfer, funds.agreement;
      DROP FUNCTION funds.guard_transfer, funds.same_terms;
      DELETE FROM ledger.entry_kind WHERE kind IN ('funds.remit', 'funds.receive');
      DELETE FROM ledger.account_kind WHERE kind IN ('clearing-out', 'clearing-in')`);
  }
}
