import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rides, the retirements they cause, and the certificates that tell of them. */
export class CardsUsage1763700001030 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE cards.ride (
        book          int    NOT NULL REFERENCES platform.book (id),
        ride_no       text COLLATE "C" NOT NULL CHECK (ride_no ~ '^[A-Za-z0-9._:/-]{1,64}$'),
        number_index  bytea  NOT NULL,
        at            timestamptz NOT NULL,
        metres        bigint NOT NULL CHECK (metres > 0),
        factor_from   date   NOT NULL,
        grams         bigint NOT NULL CHECK (grams >= 0),
        -- How many of the grams credits were retired for; fewer when the card had fewer left.
        covered_grams bigint NOT NULL DEFAULT 0,
        state         text   NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done')),
        retired_in    uuid,
        taken_at      timestamptz NOT NULL,
        PRIMARY KEY (book, ride_no),
        FOREIGN KEY (book, factor_from) REFERENCES cards.ride_factor (book, valid_from),
        CONSTRAINT covered_within CHECK (covered_grams BETWEEN 0 AND grams)
      )`);
    await q.query(`CREATE INDEX ride_pending ON cards.ride (book, number_index, at) WHERE state = 'pending'`);
    await q.query(`CREATE INDEX ride_number ON cards.ride (book, number_index, at)`);

    // The id is the reference under which the credits lib retired the serials; they are written as it writes them.
    await q.query(`
      CREATE TABLE cards.retirement (
        book        int    NOT NULL,
        id          uuid   NOT NULL,
        card_id     uuid   NOT NULL,
        grams       bigint NOT NULL CHECK (grams > 0),
        serials     text[] NOT NULL CHECK (cardinality(serials) > 0),
        reason      text   NOT NULL CHECK (reason IN ('rides', 'term-end')),
        at          timestamptz NOT NULL,
        certificate text,
        PRIMARY KEY (book, id, card_id),
        FOREIGN KEY (book, card_id) REFERENCES cards.card (book, id)
      )`);
    await q.query(`CREATE INDEX retirement_card ON cards.retirement (book, card_id, at)`);

    // The statement holds no personal data: what it says is public for whoever has the number.
    await q.query(`
      CREATE TABLE cards.certificate (
        book      int    NOT NULL,
        number    text COLLATE "C" NOT NULL CHECK (number ~ '^TH[0-9A-HJKMNP-TV-Z]{17}$'),
        card_id   uuid   NOT NULL,
        grams     bigint NOT NULL CHECK (grams > 0),
        serials   jsonb  NOT NULL,
        issued_at timestamptz NOT NULL,
        statement jsonb  NOT NULL,
        hash      text   NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
        PRIMARY KEY (book, number),
        FOREIGN KEY (book, card_id) REFERENCES cards.card (book, id)
      )`);
    // The public page knows a number and no book.
    await q.query(`CREATE INDEX certificate_number ON cards.certificate (number)`);
    await q.query(`CREATE INDEX certificate_card ON cards.certificate (book, card_id)`);
    await q.query(`
      ALTER TABLE cards.retirement ADD CONSTRAINT retirement_certificate
        FOREIGN KEY (book, certificate) REFERENCES cards.certificate (book, number)`);

    await q.query(`GRANT SELECT, INSERT ON cards.ride, cards.retirement, cards.certificate TO tanhui_app`);
    await q.query(`GRANT UPDATE (covered_grams, state, retired_in) ON cards.ride TO tanhui_app`);
    await q.query(`GRANT UPDATE (certificate) ON cards.retirement TO tanhui_app`);
    await q.query(`GRANT SELECT ON cards.ride, cards.retirement, cards.certificate TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE cards.retirement DROP CONSTRAINT retirement_certificate`);
    await q.query(`DROP TABLE cards.certificate, cards.retirement, cards.ride`);
  }
}
