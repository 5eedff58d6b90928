import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is sold, how its money is split, and what a ride is reckoned at: dated rows with a source, never constants. */
export class CardsProducts1763700001000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA cards`);
    await q.query(`GRANT USAGE ON SCHEMA cards TO tanhui_app, tanhui_auditor`);
    // Exclusion constraints over plain columns need its operator classes.
    await q.query(`CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public`);

    await q.query(`
      CREATE TABLE cards.product (
        book             int    NOT NULL REFERENCES platform.book (id),
        code             text COLLATE "C" NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
        name             text   NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
        form             text   NOT NULL CHECK (form IN ('bus')),
        price_fen_per_kg bigint NOT NULL CHECK (price_fen_per_kg BETWEEN 1 AND 100000000),
        least_grade      text   NOT NULL CHECK (least_grade IN ('G0', 'G1', 'G2', 'G3')),
        least_grams      bigint NOT NULL CHECK (least_grams > 0),
        most_grams       bigint NOT NULL CHECK (most_grams BETWEEN least_grams AND 1000000000000),
        hold_minutes     int    NOT NULL CHECK (hold_minutes BETWEEN 1 AND 1440),
        window_days      int    NOT NULL CHECK (window_days BETWEEN 1 AND 90),
        -- Unused grams are retired at term end; the refund window must be over by then.
        term_days        int    NOT NULL CHECK (term_days > window_days AND term_days <= 3660),
        opened_at        timestamptz NOT NULL,
        opened_by        text   NOT NULL,
        PRIMARY KEY (book, code)
      )`);

    // An order keeps the rule it was quoted with: what a buyer was shown is what happens to the money.
    await q.query(`
      CREATE TABLE cards.split_rule (
        book               int  NOT NULL REFERENCES platform.book (id),
        version            int  NOT NULL CHECK (version > 0),
        valid_from         date NOT NULL,
        afforestation_ppm  int  NOT NULL CHECK (afforestation_ppm >= 0),
        suppliers_ppm      int  NOT NULL CHECK (suppliers_ppm >= 0),
        fee_ppm            int  NOT NULL CHECK (fee_ppm >= 0),
        tax_ppm            int  NOT NULL CHECK (tax_ppm >= 0),
        channel_ppm        int  NOT NULL CHECK (channel_ppm >= 0),
        -- The part of the fee that is set aside for refunds after the split.
        refund_reserve_ppm int  NOT NULL CHECK (refund_reserve_ppm BETWEEN 0 AND 1000000),
        source             text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
        adopted_at         timestamptz NOT NULL,
        adopted_by         text NOT NULL,
        PRIMARY KEY (book, version),
        UNIQUE (book, valid_from),
        CONSTRAINT shares_make_one_whole
          CHECK (afforestation_ppm + suppliers_ppm + fee_ppm + tax_ppm + channel_ppm = 1000000)
      )`);

    await q.query(`
      CREATE TABLE cards.ride_factor (
        book         int    NOT NULL REFERENCES platform.book (id),
        valid_from   date   NOT NULL,
        grams_per_km bigint NOT NULL CHECK (grams_per_km BETWEEN 1 AND 100000),
        source       text   NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
        adopted_at   timestamptz NOT NULL,
        adopted_by   text   NOT NULL,
        PRIMARY KEY (book, valid_from)
      )`);

    // No UPDATE: a new price is a new product, a new share or factor a new dated row.
    await q.query(`
      GRANT SELECT, INSERT ON cards.product, cards.split_rule, cards.ride_factor TO tanhui_app`);
    await q.query(`
      GRANT SELECT ON cards.product, cards.split_rule, cards.ride_factor TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA cards CASCADE`);
  }
}
