import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What may be counted and where: assets, kinds of accounts and entries, accounts, and each book's fence. */
export class LedgerAccounts1763700000200 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA ledger`);
    await q.query(`GRANT USAGE ON SCHEMA ledger TO tanhui_app, tanhui_auditor`);
    for (const statement of [KINDS, OPEN_KINDS, ASSETS, ACCOUNTS, FENCE, BOOK_OPENING])
      await q.query(statement);
    await q.query(`
      CREATE TRIGGER book_opens_its_ledger AFTER INSERT ON platform.book
        FOR EACH ROW EXECUTE FUNCTION ledger.open_book()`);
    await q.query(`INSERT INTO ledger.fence (book) SELECT id FROM platform.book`);
    await q.query(`
      INSERT INTO ledger.asset (book, code, unit, scale) SELECT id, 'CNY', 'yuan', 2 FROM platform.book`);
    await q.query(`
      GRANT SELECT ON ledger.account_kind, ledger.entry_kind, ledger.asset, ledger.account, ledger.fence
        TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TRIGGER book_opens_its_ledger ON platform.book`);
    await q.query(`DROP SCHEMA ledger CASCADE`);
  }
}

/** Kinds are reference data: each lib's migration adds its own. Rows of the books carry the short id. */
const KINDS = `
  CREATE TABLE ledger.account_kind (
    -- The first segment of the path of its accounts.
    kind  text COLLATE "C" PRIMARY KEY CHECK (kind ~ '^[a-z0-9-]{1,40}$'),
    id    smallint GENERATED ALWAYS AS IDENTITY UNIQUE,
    owner text NOT NULL,
    -- +1 debit-normal, -1 credit-normal; open accounts say it themselves.
    side  smallint CHECK (side IN (1, -1)),
    floor bigint CHECK (floor <= 0),
    CONSTRAINT side_of_open_is_the_accounts CHECK ((kind = 'open') = (side IS NULL))
  );
  CREATE TABLE ledger.entry_kind (
    kind  text COLLATE "C" PRIMARY KEY,
    id    smallint GENERATED ALWAYS AS IDENTITY UNIQUE,
    owner text NOT NULL,
    -- Open kinds are posted over the generic HTTP door, on open accounts only.
    open  boolean NOT NULL,
    -- The kinds of accounts an entry of this kind may touch, whoever owns them.
    account_kinds text[] NOT NULL CHECK (cardinality(account_kinds) > 0),
    CONSTRAINT kind_names_its_owner CHECK (
      CASE WHEN open THEN kind ~ '^[a-z-]{1,40}$' AND account_kinds = ARRAY['open']
           ELSE kind ~ '^[a-z]+\\.[a-z-]{1,60}$' AND split_part(kind, '.', 1) = owner END)
  )`;

const OPEN_KINDS = `
  INSERT INTO ledger.account_kind (kind, owner, side, floor) VALUES
    ('open', 'ledger', NULL, NULL),
    ('held', 'ledger', -1, 0);
  INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds) VALUES
    ('transfer', 'ledger', true, '{open}'),
    ('ledger.hold', 'ledger', false, '{open,held}'),
    ('ledger.commit-hold', 'ledger', false, '{open,held}'),
    ('ledger.release-hold', 'ledger', false, '{open,held}'),
    ('ledger.expire-hold', 'ledger', false, '{open,held}')`;

const ASSETS = `
  CREATE TABLE ledger.asset (
    book  int NOT NULL REFERENCES platform.book (id),
    id    int GENERATED ALWAYS AS IDENTITY,
    code  text COLLATE "C" NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9]{1,15}(/[a-z0-9.-]{1,64})?$'),
    -- What people read, and its decimal places over the counted integer.
    unit  text NOT NULL,
    scale smallint NOT NULL CHECK (scale BETWEEN 0 AND 9),
    PRIMARY KEY (book, id),
    UNIQUE (book, code)
  )`;

/** Half of each page stays free: totals change at every posting and their new version should fit beside the old. */
const ACCOUNTS = `
  CREATE SEQUENCE ledger.account_id AS bigint;
  -- A domain and not a CHECK of the table: that would read every path again at every change of the totals.
  CREATE DOMAIN ledger.account_path AS text COLLATE "C"
    CHECK (VALUE ~ '^[a-z0-9-]+(/[a-z0-9-]+)*$' AND length(VALUE) <= 200);
  CREATE TABLE ledger.account (
    book      int NOT NULL REFERENCES platform.book (id),
    id        bigint NOT NULL DEFAULT nextval('ledger.account_id'),
    path      ledger.account_path NOT NULL,
    asset     int NOT NULL,
    kind      smallint NOT NULL REFERENCES ledger.account_kind (id),
    side      smallint NOT NULL CHECK (side IN (1, -1)),
    floor     bigint CHECK (floor <= 0),
    debits    bigint NOT NULL DEFAULT 0 CHECK (debits >= 0),
    credits   bigint NOT NULL DEFAULT 0 CHECK (credits >= 0),
    -- How many postings it has had.
    version   bigint NOT NULL DEFAULT 0,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    PRIMARY KEY (book, id),
    UNIQUE (book, path, asset),
    FOREIGN KEY (book, asset) REFERENCES ledger.asset (book, id),
    CONSTRAINT account_floor CHECK (floor IS NULL OR side * (debits - credits) >= floor)
  ) WITH (fillfactor = 50)`;

/** Whoever posts to a book holds its one row here until the commit. That makes numbers gap-free and time strict. */
const FENCE = `
  CREATE TABLE ledger.fence (
    book        int PRIMARY KEY REFERENCES platform.book (id),
    next_seq    bigint NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL DEFAULT '-infinity'
  ) WITH (fillfactor = 10)`;

const BOOK_OPENING = `
  CREATE FUNCTION ledger.open_book() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    INSERT INTO ledger.fence (book) VALUES (NEW.id);
    INSERT INTO ledger.asset (book, code, unit, scale) VALUES (NEW.id, 'CNY', 'yuan', 2);
    RETURN NULL;
  END $$;
  REVOKE ALL ON FUNCTION ledger.open_book() FROM PUBLIC`;
