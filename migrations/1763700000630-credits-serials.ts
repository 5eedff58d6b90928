import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where every serial is, and what was reserved, sold and retired. */
export class CreditsSerials1763700000630 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await this.blocks(q);
    await this.supplies(q);
    await this.retirements(q);
    await q.query(`
      GRANT SELECT, INSERT ON credits.serial_block, credits.reservation, credits.supply, credits.retirement,
        credits.retired_serials TO tanhui_app`);
    await q.query(`GRANT UPDATE (serials, place) ON credits.serial_block TO tanhui_app`);
    await q.query(`GRANT UPDATE (state, card, ended_at) ON credits.reservation TO tanhui_app`);
    await q.query(`
      GRANT SELECT ON credits.serial_block, credits.reservation, credits.supply, credits.retirement,
        credits.retired_serials TO tanhui_auditor`);
  }

  private async blocks(q: QueryRunner): Promise<void> {
    // The place is the path of the ledger account, so that both can be compared gram by gram. The party is whose
    // land the grams came from: it stays when they are sold, and a refund finds the way back by it.
    await q.query(`
      CREATE TABLE credits.serial_block (
        book     int  NOT NULL,
        id       bigint GENERATED ALWAYS AS IDENTITY,
        issuance uuid NOT NULL,
        party    uuid NOT NULL,
        serials  int8range NOT NULL
          CHECK (NOT isempty(serials) AND NOT upper_inf(serials) AND lower(serials) > 0),
        place    text COLLATE "C" NOT NULL
          CHECK (place ~ '^(holding|reserved-grams|card|retired|buffer|cancelled|external)/[a-z0-9-]+$'),
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, issuance, party) REFERENCES credits.issuance_line (book, issuance, party),
        CONSTRAINT serials_in_one_place EXCLUDE USING gist (issuance WITH =, serials WITH &&, book WITH =)
      )`);
    await q.query(`CREATE INDEX serial_block_place ON credits.serial_block (book, place)`);
    await q.query(`CREATE INDEX serial_block_party ON credits.serial_block (book, party)`);
  }

  private async supplies(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE credits.reservation (
        book        int    NOT NULL REFERENCES platform.book (id),
        order_id    uuid   NOT NULL,
        grams       bigint NOT NULL CHECK (grams > 0),
        least_grade text   NOT NULL CHECK (least_grade IN ('G0', 'G1', 'G2', 'G3')),
        expires_at  timestamptz NOT NULL,
        state       text   NOT NULL DEFAULT 'reserved'
          CHECK (state IN ('reserved', 'released', 'assigned', 'refunded')),
        card        uuid,
        reserved_at timestamptz NOT NULL,
        ended_at    timestamptz,
        PRIMARY KEY (book, order_id),
        CONSTRAINT assigned_to_a_card CHECK ((state IN ('assigned', 'refunded')) = (card IS NOT NULL)),
        CONSTRAINT ended_has_a_time CHECK ((state = 'reserved') = (ended_at IS NULL))
      )`);
    await q.query(`
      CREATE TABLE credits.supply (
        book     int    NOT NULL,
        order_id uuid   NOT NULL,
        party    uuid   NOT NULL,
        issuance uuid   NOT NULL,
        grams    bigint NOT NULL CHECK (grams > 0),
        PRIMARY KEY (book, order_id, party, issuance),
        FOREIGN KEY (book, order_id) REFERENCES credits.reservation (book, order_id),
        FOREIGN KEY (book, issuance, party) REFERENCES credits.issuance_line (book, issuance, party)
      )`);
    await q.query(`CREATE INDEX supply_party ON credits.supply (book, party)`);
  }

  private async retirements(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE credits.retirement (
        book       int  NOT NULL REFERENCES platform.book (id),
        -- The caller's name for it: the same name retires once.
        reference  text COLLATE "C" NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
        retired_by text NOT NULL,
        retired_at timestamptz NOT NULL,
        PRIMARY KEY (book, reference)
      )`);
    // The exclusion says in the database what the ledger says in grams: what is retired stays retired.
    await q.query(`
      CREATE TABLE credits.retired_serials (
        book      int  NOT NULL,
        reference text COLLATE "C" NOT NULL,
        card      uuid NOT NULL,
        issuance  uuid NOT NULL,
        party     uuid NOT NULL,
        serials   int8range NOT NULL CHECK (NOT isempty(serials)),
        PRIMARY KEY (book, issuance, serials),
        FOREIGN KEY (book, reference) REFERENCES credits.retirement (book, reference),
        FOREIGN KEY (book, issuance, party) REFERENCES credits.issuance_line (book, issuance, party),
        CONSTRAINT retired_once EXCLUDE USING gist (issuance WITH =, serials WITH &&, book WITH =)
      )`);
    await q.query(`CREATE INDEX retired_serials_reference ON credits.retired_serials (book, reference)`);
    await q.query(`CREATE INDEX retired_serials_card ON credits.retired_serials (book, card)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE credits.retired_serials, credits.retirement, credits.supply, credits.reservation,
        credits.serial_block`);
  }
}
