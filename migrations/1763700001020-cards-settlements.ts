import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of the money: the split of each order and the statement a channel's suppliers are paid by. */
export class CardsSettlements1763700001020 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE cards.settlement (
        book          int    NOT NULL REFERENCES platform.book (id),
        id            uuid   NOT NULL,
        no            text COLLATE "C" NOT NULL,
        -- Suppliers are paid out of the part of the supervised account the buyers' money came into.
        channel       text   NOT NULL,
        state         text   NOT NULL CHECK (state IN ('open', 'closed')),
        opened_at     timestamptz NOT NULL,
        closed_at     timestamptz,
        orders        int    NOT NULL DEFAULT 0,
        total_fen     bigint NOT NULL DEFAULT 0,
        suppliers_fen bigint NOT NULL DEFAULT 0,
        hash          text,
        PRIMARY KEY (book, id),
        UNIQUE (book, no),
        CONSTRAINT closed_is_hashed CHECK ((state = 'closed') = (hash IS NOT NULL AND closed_at IS NOT NULL))
      )`);
    await q.query(`
      CREATE UNIQUE INDEX settlement_open ON cards.settlement (book, channel) WHERE state = 'open'`);

    await q.query(`
      CREATE TABLE cards.order_split (
        book              int    NOT NULL,
        order_id          uuid   NOT NULL,
        settlement        uuid   NOT NULL,
        -- Zero when so few grams stayed that they are worth less than half a fen.
        amount_fen        bigint NOT NULL CHECK (amount_fen >= 0),
        afforestation_fen bigint NOT NULL CHECK (afforestation_fen >= 0),
        suppliers_fen     bigint NOT NULL CHECK (suppliers_fen >= 0),
        nontax_fen        bigint NOT NULL CHECK (nontax_fen >= 0),
        fee_fen           bigint NOT NULL CHECK (fee_fen >= 0),
        tax_fen           bigint NOT NULL CHECK (tax_fen >= 0),
        channel_fen       bigint NOT NULL CHECK (channel_fen >= 0),
        -- Part of the fee, not a term of its own.
        reserve_fen       bigint NOT NULL CHECK (reserve_fen BETWEEN 0 AND fee_fen),
        PRIMARY KEY (book, order_id),
        FOREIGN KEY (book, order_id) REFERENCES cards.card_order (book, id),
        FOREIGN KEY (book, settlement) REFERENCES cards.settlement (book, id),
        CONSTRAINT terms_make_the_amount CHECK (
          afforestation_fen + suppliers_fen + nontax_fen + fee_fen + tax_fen + channel_fen = amount_fen)
      )`);
    await q.query(`CREATE INDEX order_split_settlement ON cards.order_split (book, settlement)`);

    await q.query(`
      CREATE TABLE cards.order_split_part (
        book       int    NOT NULL,
        order_id   uuid   NOT NULL,
        party      uuid   NOT NULL,
        grams      bigint NOT NULL CHECK (grams > 0),
        amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
        -- A state forest unit's part is non-tax revenue and is never paid out to it.
        nontax     boolean NOT NULL,
        PRIMARY KEY (book, order_id, party),
        FOREIGN KEY (book, order_id) REFERENCES cards.order_split (book, order_id)
      )`);

    await q.query(`
      CREATE TABLE cards.settlement_line (
        book       int    NOT NULL,
        settlement uuid   NOT NULL,
        party      uuid   NOT NULL,
        grams      bigint NOT NULL CHECK (grams > 0),
        amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
        nontax     boolean NOT NULL,
        PRIMARY KEY (book, settlement, party),
        FOREIGN KEY (book, settlement) REFERENCES cards.settlement (book, id)
      )`);

    await q.query(`
      ALTER TABLE cards.card_order ADD CONSTRAINT card_order_settlement
        FOREIGN KEY (book, settlement) REFERENCES cards.settlement (book, id)`);
    await q.query(`
      GRANT SELECT, INSERT ON cards.settlement, cards.order_split, cards.order_split_part, cards.settlement_line
        TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (state, closed_at, orders, total_fen, suppliers_fen, hash) ON cards.settlement TO tanhui_app`);
    await q.query(`
      GRANT SELECT ON cards.settlement, cards.order_split, cards.order_split_part, cards.settlement_line
        TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE cards.card_order DROP CONSTRAINT card_order_settlement`);
    await q.query(`
      DROP TABLE cards.settlement_line, cards.order_split_part, cards.order_split, cards.settlement`);
  }
}
