import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a payout stands on: payment bases and their lines, and the ledger's words for both rails. */
export class DisbursementLines1763700000800 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA disbursement`);
    await q.query(`GRANT USAGE ON SCHEMA disbursement TO tanhui_app, tanhui_auditor`);
    await addKinds(q);

    await q.query(`
      CREATE TABLE disbursement.payment_basis (
        book       int    NOT NULL REFERENCES platform.book (id),
        id         uuid   NOT NULL,
        kind       text   NOT NULL CHECK (kind IN ('roster', 'settlement', 'milestone')),
        source_id  uuid   NOT NULL,
        rail       text   NOT NULL CHECK (rail IN ('fiscal', 'market')),
        -- The indicator's id, or the channel of the supervised account.
        fund       text   NOT NULL CHECK (fund ~ '^[a-z0-9-]+$'),
        indicator  uuid,
        total_fen  bigint NOT NULL CHECK (total_fen > 0),
        lines_fen  bigint NOT NULL DEFAULT 0,
        hash       text   NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
        handled_by text[] NOT NULL,
        opened_at  timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        UNIQUE (book, kind, source_id),
        FOREIGN KEY (book, indicator) REFERENCES funds.indicator (book, id),
        CONSTRAINT indicator_on_the_fiscal_rail_only CHECK ((rail = 'fiscal') = (indicator IS NOT NULL)),
        CONSTRAINT indicator_is_the_fund CHECK (indicator IS NULL OR indicator::text = fund),
        CONSTRAINT lines_within_total CHECK (lines_fen <= total_fen)
      )`);
    await q.query(`CREATE INDEX payment_basis_fund ON disbursement.payment_basis (book, indicator)`);
    await q.query(`CREATE INDEX payment_basis_source ON disbursement.payment_basis (book, source_id)`);
    // The app never writes lines_fen: the trigger below does, as the owner.
    await q.query(`GRANT SELECT, INSERT ON disbursement.payment_basis TO tanhui_app`);

    await q.query(`
      CREATE TABLE disbursement.payment_line (
        book       int    NOT NULL,
        id         uuid   NOT NULL,
        basis      uuid   NOT NULL,
        source_id  uuid   NOT NULL,
        ordinal    int    NOT NULL,
        party      uuid   NOT NULL,
        amount_fen bigint NOT NULL CHECK (amount_fen > 0),
        -- What is still to be paid on this line: only a reissue for less makes it smaller.
        due_fen    bigint NOT NULL CHECK (due_fen > 0),
        state      text   NOT NULL DEFAULT 'pending'
                   CHECK (state IN ('pending', 'in-transit', 'paid', 'returned', 'stopped')),
        attempt    int    NOT NULL DEFAULT 0,
        -- The batch that claimed the line last.
        batch      uuid,
        PRIMARY KEY (book, id),
        UNIQUE (book, basis, ordinal),
        FOREIGN KEY (book, basis) REFERENCES disbursement.payment_basis (book, id),
        FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
        CONSTRAINT never_more_than_owed CHECK (due_fen <= amount_fen),
        CONSTRAINT out_of_the_house_by_a_batch CHECK (state IN ('pending', 'stopped') OR batch IS NOT NULL)
      )`);
    await q.query(`
      CREATE INDEX payment_line_unclaimed ON disbursement.payment_line (book, basis)
        WHERE state = 'pending' AND batch IS NULL`);
    await q.query(`
      CREATE INDEX payment_line_returned ON disbursement.payment_line (book, id) WHERE state = 'returned'`);
    await q.query(`CREATE INDEX payment_line_party ON disbursement.payment_line (book, party)`);
    await q.query(`GRANT SELECT, INSERT ON disbursement.payment_line TO tanhui_app`);
    await q.query(`GRANT UPDATE (state, due_fen, attempt, batch) ON disbursement.payment_line TO tanhui_app`);
    await q.query(`
      GRANT SELECT ON disbursement.payment_basis, disbursement.payment_line TO tanhui_auditor`);
    await addGuards(q);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA disbursement CASCADE`);
    await q.query(`DELETE FROM ledger.entry_kind WHERE owner = 'disbursement'`);
    await q.query(`DELETE FROM ledger.account_kind WHERE owner = 'disbursement'`);
  }
}

async function addKinds(q: QueryRunner): Promise<void> {
  await q.query(`
    INSERT INTO ledger.account_kind (kind, owner, side, floor)
    VALUES ('payable',           'disbursement', -1, 0),
           ('in-transit',        'disbursement', -1, 0),
           ('paid',              'disbursement', -1, 0),
           ('returned',          'disbursement', -1, 0),
           ('payable-market',    'disbursement', -1, 0),
           ('in-transit-market', 'disbursement', -1, 0),
           ('returned-market',   'disbursement', -1, 0),
           ('custody',           'disbursement',  1, 0)`);
  await q.query(`
    INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds)
    VALUES ('disbursement.submit',         'disbursement', false, '{payable,in-transit}'),
           ('disbursement.settle',         'disbursement', false, '{in-transit,paid}'),
           ('disbursement.return',         'disbursement', false, '{in-transit,paid,returned}'),
           ('disbursement.reclaim',        'disbursement', false, '{returned,payable}'),
           ('disbursement.stop',           'disbursement', false, '{payable,returned,stopped}'),
           ('disbursement.submit-market',  'disbursement', false, '{payable-market,in-transit-market}'),
           ('disbursement.settle-market',  'disbursement', false, '{in-transit-market,custody}'),
           ('disbursement.return-market',  'disbursement', false, '{in-transit-market,returned-market}'),
           ('disbursement.reclaim-market', 'disbursement', false, '{returned-market,payable-market}')`);
}

/** What must hold even if the code is wrong: lines within their basis, and no way from paid to paid again. */
async function addGuards(q: QueryRunner): Promise<void> {
  await q.query(`
    CREATE FUNCTION disbursement.count_lines() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = pg_catalog AS $$
    BEGIN
      UPDATE disbursement.payment_basis b SET lines_fen = b.lines_fen + n.fen
        FROM (SELECT book, basis, sum(amount_fen)::bigint AS fen FROM added GROUP BY book, basis) n
       WHERE b.book = n.book AND b.id = n.basis;
      RETURN NULL;
    END $$`);
  await q.query(`
    CREATE TRIGGER lines_within_total AFTER INSERT ON disbursement.payment_line
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION disbursement.count_lines()`);
  await q.query(`
    CREATE FUNCTION disbursement.guard_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
      IF NEW.state <> OLD.state AND (OLD.state || ' ' || NEW.state) NOT IN (
           'pending in-transit', 'pending stopped', 'in-transit paid', 'in-transit returned',
           'returned pending', 'returned stopped') THEN
        RAISE EXCEPTION 'payment line % goes not from % to %', OLD.id, OLD.state, NEW.state
          USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.due_fen <> OLD.due_fen AND (NEW.due_fen > OLD.due_fen OR OLD.state <> 'returned') THEN
        RAISE EXCEPTION 'payment line % is due % fen, not %', OLD.id, OLD.due_fen, NEW.due_fen
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$`);
  await q.query(`
    CREATE TRIGGER guard_line BEFORE UPDATE ON disbursement.payment_line
      FOR EACH ROW EXECUTE FUNCTION disbursement.guard_line()`);
}
