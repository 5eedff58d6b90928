import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pledges of future compensation (公益林补偿收益权质押): whose income of which programme goes to a lender meanwhile. */
export class FundsLiens1763700000730 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE funds.lien (
        book            int    NOT NULL,
        id              uuid   NOT NULL,
        -- 公益林补偿收益权证明 the bank lent on.
        certificate_no  text   NOT NULL CHECK (length(certificate_no) BETWEEN 1 AND 200),
        party           uuid   NOT NULL,
        programme       text   COLLATE "C" NOT NULL CHECK (programme ~ '^[a-z0-9-]{1,40}$'),
        lender          text   NOT NULL CHECK (length(lender) BETWEEN 1 AND 200),
        amount_fen      bigint NOT NULL CHECK (amount_fen > 0),
        term            daterange NOT NULL CHECK (NOT isempty(term) AND NOT lower_inf(term) AND NOT upper_inf(term)),
        -- 动产融资统一登记公示系统
        registration_no text   NOT NULL CHECK (length(registration_no) BETWEEN 1 AND 200),
        document_no     text   NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        -- Where the income goes while it is pledged.
        account_bank    text   NOT NULL CHECK (account_bank ~ '^[A-Z0-9-]{1,20}$'),
        account_sealed  bytea  NOT NULL,
        account_last4   text   NOT NULL CHECK (account_last4 ~ '^[0-9]{4}$'),
        state           text   NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'live', 'rejected', 'released')),
        proposed_by     text   NOT NULL,
        proposed_at     timestamptz NOT NULL,
        decided_by      text,
        decided_at      timestamptz,
        rejection       text   CHECK (length(rejection) BETWEEN 1 AND 500),
        release_document_no text CHECK (length(release_document_no) BETWEEN 1 AND 200),
        released_by     text,
        released_on     date,
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
        CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by),
        CONSTRAINT decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
          AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)
          AND (state = 'released') = (released_by IS NOT NULL)
          AND (released_by IS NULL) = (released_on IS NULL)
          AND (released_by IS NULL) = (release_document_no IS NULL)),
        -- Nobody pledges the same income twice, not even while the first pledge waits to be checked.
        CONSTRAINT income_pledged_once EXCLUDE USING gist (book WITH =, party WITH =, programme WITH =, term WITH &&)
          WHERE (state IN ('proposed', 'live'))
      );
      CREATE UNIQUE INDEX certificate_pledged_once ON funds.lien (book, certificate_no) WHERE state <> 'rejected';
      CREATE INDEX lien_party ON funds.lien (book, party);

      CREATE FUNCTION funds.guard_lien() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        IF (CASE TG_OP WHEN 'INSERT' THEN NEW.state <> 'proposed'
                       ELSE (OLD.state || ' ' || NEW.state) NOT IN ('proposed live', 'proposed rejected', 'live released')
            END) THEN
          RAISE EXCEPTION 'lien % is registered, checked and released, in this order and once', NEW.id
            USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER guard_lien BEFORE INSERT OR UPDATE ON funds.lien
        FOR EACH ROW EXECUTE FUNCTION funds.guard_lien();

      GRANT SELECT, INSERT ON funds.lien TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection, release_document_no, released_by, released_on)
        ON funds.lien TO tanhui_app;
      -- Not the account: the last digits tell which one it is.
      GRANT SELECT (book, id, certificate_no, party, programme, lender, amount_fen, term, registration_no, document_no,
                    account_bank, account_last4, state, proposed_by, proposed_at, decided_by, decided_at, rejection,
                    release_document_no, released_by, released_on) ON funds.lien TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE funds.lien; DROP FUNCTION funds.guard_lien`);
  }
}
