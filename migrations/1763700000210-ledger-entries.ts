import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened: entries and their postings, refusals frozen to their keys, and holds. */
export class LedgerEntries1763700000210 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const table of [ENTRIES, POSTINGS, REFUSALS, HOLDS]) await q.query(table);
    await q.query(`
      GRANT SELECT ON ledger.entry, ledger.posting, ledger.refusal, ledger.hold TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE ledger.hold, ledger.refusal, ledger.posting, ledger.entry`);
  }
}

/** No foreign keys on entries and postings: the posting function loads what they name, and they cost half the speed. */
const ENTRIES = `
  CREATE TABLE ledger.entry (
    book         int NOT NULL,
    seq          bigint NOT NULL CHECK (seq > 0),
    -- Made by the caller: one operation's entry has the same id however often it is tried.
    id           uuid NOT NULL,
    kind         smallint NOT NULL,
    legs         int NOT NULL CHECK (legs BETWEEN 2 AND 2000),
    -- What was asked, as digests: 128 bits of the whole and 16 of each field, to tell a repeated request from a
    -- reused id and to name the field that differs.
    body         bytea NOT NULL CHECK (octet_length(body) = 32),
    recorded_at  timestamptz NOT NULL,
    effective_at timestamptz NOT NULL,
    actor        text NOT NULL,
    reference    text CHECK (length(reference) BETWEEN 1 AND 200),
    memo         text CHECK (memo ~ '^[a-z0-9.-]{1,64}$'),
    -- Number of the entry that this one takes back, whole or in part.
    reverses     bigint,
    PRIMARY KEY (book, seq)
  );
  CREATE UNIQUE INDEX entry_id ON ledger.entry (book, id);
  CREATE INDEX entry_reverses ON ledger.entry (book, reverses) WHERE reverses IS NOT NULL`;

const POSTINGS = `
  CREATE TABLE ledger.posting (
    book    int NOT NULL,
    account bigint NOT NULL,
    -- The account's how-manieth posting this is: without gaps, so a lost one shows.
    version bigint NOT NULL,
    seq     bigint NOT NULL,
    leg     int NOT NULL,
    asset   int NOT NULL,
    -- Positive debits, negative credits.
    amount  bigint NOT NULL CHECK (amount <> 0 AND amount BETWEEN -1000000000000000 AND 1000000000000000),
    -- side * (debits - credits) of the account after this posting.
    balance_after bigint NOT NULL,
    PRIMARY KEY (book, account, version)
  );
  CREATE UNIQUE INDEX posting_seq ON ledger.posting (book, seq, leg)`;

const REFUSALS = `
  CREATE TABLE ledger.refusal (
    book   int NOT NULL,
    id     uuid NOT NULL,
    body   bytea NOT NULL CHECK (octet_length(body) = 32),
    code   text NOT NULL,
    facts  jsonb NOT NULL,
    actor  text NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (book, id)
  )`;

const HOLDS = `
  CREATE TABLE ledger.hold (
    book       int NOT NULL,
    -- Id and number of the entry that set the value aside.
    id         uuid NOT NULL,
    seq        bigint NOT NULL,
    -- Whose entries may end it; 'ledger' for those of the HTTP door.
    owner      text NOT NULL,
    expires_at timestamptz NOT NULL,
    state      text NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'committed', 'released', 'expired')),
    ended_seq  bigint,
    PRIMARY KEY (book, id),
    CONSTRAINT ended_by_an_entry CHECK ((state = 'held') = (ended_seq IS NULL))
  );
  CREATE INDEX hold_open ON ledger.hold (book, expires_at) WHERE state = 'held'`;
