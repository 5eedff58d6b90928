import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What villages' collectives received, told to the 三资 platform by our numbers, with its numbers back. */
export class DisclosureReceipts1763700001100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [RECEIPTS, NUMBERS, UNMATCHED]) await q.query(part);
    await q.query(`
      GRANT USAGE ON SCHEMA disclosure TO tanhui_app, tanhui_auditor;
      GRANT SELECT, INSERT ON disclosure.collective_receipt, disclosure.platform_number, disclosure.unmatched_row
        TO tanhui_app;
      GRANT SELECT ON disclosure.collective_receipt, disclosure.platform_number, disclosure.unmatched_row
        TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA disclosure CASCADE`);
  }
}

/** One row a payment that the bank confirmed: its facts as they were when it got its number. */
const RECEIPTS = `
  CREATE SCHEMA disclosure;
  CREATE TABLE disclosure.collective_receipt (
    book        int    NOT NULL REFERENCES platform.book (id),
    -- Without a gap, in the order in which they were numbered.
    seq         int    NOT NULL CHECK (seq > 0),
    no          text COLLATE "C" NOT NULL CHECK (no ~ '^SZ-[a-z0-9-]+-[0-9]{6,}$'),
    batch       uuid   NOT NULL,
    batch_seq   int    NOT NULL,
    party       uuid   NOT NULL,
    rail        text   NOT NULL CHECK (rail IN ('fiscal', 'market')),
    -- The roster or settlement it was paid by.
    source_id   uuid   NOT NULL,
    amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
    paid_on     date   NOT NULL,
    numbered_by text   NOT NULL,
    numbered_at timestamptz NOT NULL,
    PRIMARY KEY (book, seq),
    CONSTRAINT receipt_no UNIQUE (book, no),
    CONSTRAINT one_receipt_a_payment UNIQUE (book, batch, batch_seq),
    FOREIGN KEY (book, batch, batch_seq) REFERENCES disbursement.batch_line (book, batch, seq),
    FOREIGN KEY (book, party) REFERENCES registry.party (book, id)
  )`;

const NUMBERS = `
  CREATE TABLE disclosure.platform_number (
    book        int  NOT NULL,
    seq         int  NOT NULL,
    platform_no text COLLATE "C" NOT NULL CHECK (length(platform_no) BETWEEN 1 AND 64),
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (book, seq),
    CONSTRAINT platform_number_once UNIQUE (book, platform_no),
    FOREIGN KEY (book, seq) REFERENCES disclosure.collective_receipt (book, seq)
  )`;

/** What the platform has and we cannot place. The same row again is the same row. */
const UNMATCHED = `
  CREATE TABLE disclosure.unmatched_row (
    book        int    NOT NULL REFERENCES platform.book (id),
    id          bigint GENERATED ALWAYS AS IDENTITY,
    receipt_no  text   NOT NULL,
    platform_no text   NOT NULL,
    amount_fen  bigint,
    reason      text   NOT NULL CHECK (reason IN ('receipt-unknown', 'amount-differs', 'receipt-has-another-number',
      'number-used')),
    recorded_by text   NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    CONSTRAINT unmatched_once UNIQUE NULLS NOT DISTINCT (book, receipt_no, platform_no, amount_fen, reason)
  )`;
