import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Grams that are moved out to another platform and come back from it, and what that platform's statements say. */
export class CreditsCustody1763700000673 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [TRANSFERS, STATEMENTS, GUARDS]) await q.query(part);
    await q.query(`
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds) VALUES
        ('credits.move-out', 'credits', false, '{holding,external}'),
        ('credits.move-in', 'credits', false, '{external,holding}')`);
    await q.query(`
      GRANT SELECT, INSERT ON credits.platform, credits.transfer, credits.transfer_serials, credits.custody_statement
        TO tanhui_app;
      GRANT UPDATE (state, decided_by, decided_at, rejection, settled_by, settled_at) ON credits.transfer TO tanhui_app;
      GRANT SELECT ON credits.platform, credits.transfer, credits.transfer_serials, credits.custody_statement
        TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE credits.transfer_serials, credits.transfer, credits.custody_statement, credits.platform;
      DROP FUNCTION credits.guard_transfer;
      DELETE FROM ledger.entry_kind WHERE kind IN ('credits.move-out', 'credits.move-in')`);
  }
}

const TRANSFERS = `
  CREATE TABLE credits.platform (
    book        int  NOT NULL REFERENCES platform.book (id),
    -- external/<code> is the account.
    code        text COLLATE "C" NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,29}$'),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    opened_by   text NOT NULL,
    opened_at   timestamptz NOT NULL,
    PRIMARY KEY (book, code)
  );

  -- Out: proposed, sent (grams lie outside, locked until the platform's word), confirmed or failed (grams are back).
  -- In: what was moved out comes back: proposed, returned.
  CREATE TABLE credits.transfer (
    book        int  NOT NULL,
    id          uuid NOT NULL,
    direction   text NOT NULL CHECK (direction IN ('out', 'in')),
    platform    text COLLATE "C" NOT NULL,
    -- The platform's own number of it.
    reference   text COLLATE "C" NOT NULL CHECK (length(reference) BETWEEN 1 AND 64),
    -- The transfer out whose grams come back.
    of_transfer uuid,
    party       uuid NOT NULL,
    issuance    uuid NOT NULL,
    grams       bigint NOT NULL CHECK (grams > 0),
    document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
    state       text NOT NULL DEFAULT 'proposed'
      CHECK (state IN ('proposed', 'rejected', 'sent', 'confirmed', 'failed', 'returned')),
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by  text,
    decided_at  timestamptz,
    rejection   text CHECK (length(rejection) BETWEEN 1 AND 500),
    settled_by  text,
    settled_at  timestamptz,
    PRIMARY KEY (book, id),
    CONSTRAINT reference_once UNIQUE (book, platform, reference),
    FOREIGN KEY (book, platform) REFERENCES credits.platform (book, code),
    FOREIGN KEY (book, issuance, party) REFERENCES credits.issuance_line (book, issuance, party),
    FOREIGN KEY (book, of_transfer) REFERENCES credits.transfer (book, id),
    CONSTRAINT comes_back_from_somewhere CHECK ((direction = 'in') = (of_transfer IS NOT NULL)),
    CONSTRAINT states_of_a_direction CHECK (CASE direction WHEN 'in' THEN state IN ('proposed', 'rejected', 'returned')
      ELSE state <> 'returned' END),
    CONSTRAINT transfer_decided_by_another CHECK (decided_by <> proposed_by),
    CONSTRAINT transfer_decision_is_whole CHECK ((state = 'proposed') = (decided_by IS NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)),
    CONSTRAINT settled_by_a_statement CHECK ((state IN ('confirmed', 'failed')) = (settled_by IS NOT NULL)
      AND (settled_by IS NULL) = (settled_at IS NULL))
  );
  CREATE INDEX transfer_list ON credits.transfer (book, proposed_at, id);
  CREATE INDEX transfer_of ON credits.transfer (book, of_transfer) WHERE of_transfer IS NOT NULL;

  -- Which serials went with it.
  CREATE TABLE credits.transfer_serials (
    book     int  NOT NULL,
    transfer uuid NOT NULL,
    issuance uuid NOT NULL,
    serials  int8range NOT NULL CHECK (NOT isempty(serials)),
    PRIMARY KEY (book, transfer, serials),
    FOREIGN KEY (book, transfer) REFERENCES credits.transfer (book, id)
  )`;

const STATEMENTS = `
  CREATE TABLE credits.custody_statement (
    book        int  NOT NULL,
    id          uuid NOT NULL,
    platform    text COLLATE "C" NOT NULL,
    -- What the platform held at the end of this day.
    day         date NOT NULL,
    sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    lines       jsonb NOT NULL CHECK (jsonb_typeof(lines) = 'array'),
    -- What came of comparing: per issuance ours, theirs and each difference by name.
    reconciliation jsonb NOT NULL,
    imported_by text NOT NULL,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    CONSTRAINT statement_once UNIQUE (book, platform, day, sha256),
    FOREIGN KEY (book, platform) REFERENCES credits.platform (book, code)
  )`;

const GUARDS = `
  CREATE FUNCTION credits.guard_transfer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF (CASE TG_OP WHEN 'INSERT' THEN NEW.state <> 'proposed'
          ELSE NOT NEW.state = ANY (CASE OLD.state
                 WHEN 'proposed' THEN CASE OLD.direction WHEN 'out' THEN '{rejected,sent}' ELSE '{rejected,returned}' END
                 WHEN 'sent' THEN '{confirmed,failed}' ELSE '{}' END::text[]) END) THEN
      RAISE EXCEPTION 'a transfer is proposed, decided and settled, each once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER step_by_step BEFORE INSERT OR UPDATE ON credits.transfer
    FOR EACH ROW EXECUTE FUNCTION credits.guard_transfer()`;
