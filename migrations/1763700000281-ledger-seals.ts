import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each book's log: seals over its streams, and signed checkpoints of the log. */
export class LedgerSeals1763700000281 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [LOGS, SEALS, CHECKPOINTS, FINAL]) await q.query(part);
    await q.query(`
      GRANT SELECT ON ledger.log, ledger.seal, ledger.checkpoint TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE ledger.checkpoint, ledger.seal, ledger.log`);
  }
}

/** Whoever seals a book holds its row here: one at a time, and nobody waits. */
const LOGS = `
  CREATE TABLE ledger.log (
    book   int PRIMARY KEY REFERENCES platform.book (id),
    -- Names the log in every checkpoint, for ever.
    origin text NOT NULL UNIQUE CHECK (origin ~ '^[!-*,-~]{1,200}$')
  )`;

const SEALS = `
  CREATE TABLE ledger.seal (
    book          int NOT NULL REFERENCES ledger.log (book),
    no            bigint NOT NULL CHECK (no > 0),
    -- What it covers: numbers from the first on and before the next.
    first_entry   bigint NOT NULL,
    next_entry    bigint NOT NULL CHECK (next_entry >= first_entry),
    first_refusal bigint NOT NULL,
    next_refusal  bigint NOT NULL CHECK (next_refusal >= first_refusal),
    first_event   bigint NOT NULL,
    next_event    bigint NOT NULL CHECK (next_event >= first_event),
    -- Secret: the salts of its leaves come from it.
    seed          bytea NOT NULL CHECK (octet_length(seed) = 32),
    root          bytea NOT NULL CHECK (octet_length(root) = 32),
    -- Hash of the seal before; zeros in the first.
    previous      bytea NOT NULL CHECK (octet_length(previous) = 32),
    sealed_at     timestamptz NOT NULL,
    -- Its own hash, its leaf in the log, and those of the perfect subtrees of the log that end with it, smallest first.
    hash          bytea NOT NULL CHECK (octet_length(hash) = 32),
    subtrees      bytea NOT NULL CHECK (octet_length(subtrees) % 32 = 0),
    PRIMARY KEY (book, no),
    CONSTRAINT seal_covers_something CHECK (
      next_entry + next_refusal + next_event > first_entry + first_refusal + first_event)
  );
  CREATE INDEX seal_entries ON ledger.seal (book, next_entry)`;

const CHECKPOINTS = `
  CREATE TABLE ledger.checkpoint (
    book int NOT NULL,
    -- How many seals it covers, and the root over them.
    size bigint NOT NULL,
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    -- The signed note as it was published.
    note text NOT NULL,
    PRIMARY KEY (book, size),
    FOREIGN KEY (book, size) REFERENCES ledger.seal (book, no)
  )`;

const FINAL = ['log', 'seal', 'checkpoint']
  .map(
    (table) => `
  CREATE TRIGGER ${table}_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.${table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();`,
  )
  .join('');
