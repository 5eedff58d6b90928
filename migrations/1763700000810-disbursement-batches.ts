import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches, the attempt each line makes in one, and what the bank said that does not fit. */
export class DisbursementBatches1763700000810 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE disbursement.batch (
        book         int    NOT NULL,
        id           uuid   NOT NULL,
        no           text   NOT NULL CHECK (no ~ '^[a-z0-9-]{1,100}$'),
        rail         text   NOT NULL CHECK (rail IN ('fiscal', 'market')),
        fund         text   NOT NULL,
        indicator    uuid,
        -- The settlement or milestone of a market batch.
        source_id    uuid,
        bank         text   NOT NULL,
        state        text   NOT NULL DEFAULT 'planned'
                     CHECK (state IN ('planned', 'submitting', 'submitted', 'done')),
        lines        int    NOT NULL CHECK (lines BETWEEN 1 AND 50000),
        total_fen    bigint NOT NULL CHECK (total_fen > 0),
        reissue      boolean NOT NULL,
        -- What the bank was given, keyed; fixed before the first sending.
        digest       text,
        results_cursor text,
        -- Applications of results so far: names their ledger entries.
        applications int    NOT NULL DEFAULT 0,
        created_by   text   NOT NULL,
        created_at   timestamptz NOT NULL,
        submitted_at timestamptz,
        finished_at  timestamptz,
        PRIMARY KEY (book, id),
        UNIQUE (book, no),
        FOREIGN KEY (book, indicator) REFERENCES funds.indicator (book, id),
        CONSTRAINT one_indicator_or_one_source CHECK (
          rail = 'fiscal' AND indicator IS NOT NULL AND source_id IS NULL AND indicator::text = fund
          OR rail = 'market' AND indicator IS NULL AND source_id IS NOT NULL),
        CONSTRAINT sent_with_a_digest CHECK (state IN ('planned', 'submitting') OR digest IS NOT NULL)
      )`);
    await q.query(`CREATE INDEX batch_recent ON disbursement.batch (book, created_at DESC, no DESC)`);
    await q.query(`GRANT SELECT, INSERT ON disbursement.batch TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (state, digest, results_cursor, applications, submitted_at, finished_at)
        ON disbursement.batch TO tanhui_app`);

    await q.query(`
      CREATE TABLE disbursement.batch_counter (
        book int PRIMARY KEY REFERENCES platform.book (id),
        last int NOT NULL
      )`);
    await q.query(`GRANT SELECT, INSERT, UPDATE ON disbursement.batch_counter TO tanhui_app`);

    await q.query(`
      CREATE TABLE disbursement.batch_line (
        book         int    NOT NULL,
        batch        uuid   NOT NULL,
        seq          int    NOT NULL CHECK (seq > 0),
        line         uuid   NOT NULL,
        amount_fen   bigint NOT NULL CHECK (amount_fen > 0),
        bank_account uuid   NOT NULL,
        result       text   CHECK (result IN ('S', 'F', 'P')),
        reason_code  text,
        bank_serial  text,
        settled_at   timestamptz,
        PRIMARY KEY (book, batch, seq),
        FOREIGN KEY (book, batch) REFERENCES disbursement.batch (book, id),
        FOREIGN KEY (book, line) REFERENCES disbursement.payment_line (book, id),
        FOREIGN KEY (book, bank_account) REFERENCES registry.bank_account (book, id)
      )`);
    // The last judge of paying twice: a line is in no second batch unless the bank refused every earlier one.
    await q.query(`
      CREATE UNIQUE INDEX batch_line_one_open_attempt ON disbursement.batch_line (book, line)
        WHERE result IS DISTINCT FROM 'F'`);
    await q.query(`CREATE UNIQUE INDEX batch_line_once ON disbursement.batch_line (book, batch, line)`);
    await q.query(`GRANT SELECT, INSERT ON disbursement.batch_line TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (result, reason_code, bank_serial, settled_at) ON disbursement.batch_line TO tanhui_app`);

    await createFindings(q);
    await q.query(`
      GRANT SELECT ON disbursement.batch, disbursement.batch_counter, disbursement.batch_line,
        disbursement.finding TO tanhui_auditor`);
    await addGuards(q);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE disbursement.finding, disbursement.batch_line, disbursement.batch_counter, disbursement.batch`);
    await q.query(`DROP FUNCTION disbursement.guard_batch_lines, disbursement.guard_result`);
  }
}

/** What the bank said that does not fit. */
async function createFindings(q: QueryRunner): Promise<void> {
  await q.query(`
    CREATE TABLE disbursement.finding (
      book     int    NOT NULL,
      id       bigint GENERATED ALWAYS AS IDENTITY,
      batch    uuid   NOT NULL,
      code     text   NOT NULL CHECK (code ~ '^[A-Z_]+$'),
      -- Ids, codes and amounts only.
      facts    jsonb  NOT NULL,
      -- The same finding again is the same row.
      hash     text   NOT NULL,
      found_at timestamptz NOT NULL,
      PRIMARY KEY (book, id),
      UNIQUE (book, batch, hash),
      FOREIGN KEY (book, batch) REFERENCES disbursement.batch (book, id)
    )`);
  await q.query(`GRANT SELECT, INSERT ON disbursement.finding TO tanhui_app`);
}

/** One batch is one indicator (or one settlement), its lines carry what is due, and a bank's last word stays. */
async function addGuards(q: QueryRunner): Promise<void> {
  await q.query(`
    CREATE FUNCTION disbursement.guard_batch_lines() RETURNS trigger LANGUAGE plpgsql
      SET search_path = pg_catalog AS $$
    DECLARE wrong uuid;
    BEGIN
      SELECT n.line INTO wrong
        FROM added n
        JOIN disbursement.batch t ON t.book = n.book AND t.id = n.batch
        JOIN disbursement.payment_line l ON l.book = n.book AND l.id = n.line
        JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
       WHERE b.rail <> t.rail OR b.fund <> t.fund OR b.source_id <> coalesce(t.source_id, b.source_id)
          OR l.due_fen <> n.amount_fen OR l.state <> 'pending'
       LIMIT 1;
      IF FOUND THEN
        RAISE EXCEPTION 'payment line % does not fit its batch', wrong USING ERRCODE = 'check_violation';
      END IF;
      RETURN NULL;
    END $$`);
  await q.query(`
    CREATE TRIGGER guard_batch_lines AFTER INSERT ON disbursement.batch_line
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION disbursement.guard_batch_lines()`);
  await q.query(`
    CREATE FUNCTION disbursement.guard_result() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
      IF OLD.result IN ('S', 'F') AND NEW.result IS DISTINCT FROM OLD.result THEN
        RAISE EXCEPTION 'batch % seq % is settled', OLD.batch, OLD.seq USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$`);
  await q.query(`
    CREATE TRIGGER guard_result BEFORE UPDATE ON disbursement.batch_line
      FOR EACH ROW EXECUTE FUNCTION disbursement.guard_result()`);
}
