import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders, the notices that pay them, refunds, and the cards that come of them. */
export class CardsOrders1763700001010 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await this.orders(q);
    await this.payments(q);
    await this.cards(q);
    await q.query(`
      GRANT SELECT, INSERT ON cards.card_order, cards.order_supplier, cards.payment_notice, cards.refund,
        cards.card TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (state, bound, supply_id, hold_expires_at, channel, paid_at, window_ends_on, refunded_grams,
                    refunded_fen, settlement)
        ON cards.card_order TO tanhui_app`);
    await q.query(`GRANT UPDATE (kept_grams) ON cards.order_supplier TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (state, retired_grams, certified_grams, refunded_grams) ON cards.card TO tanhui_app`);
    await q.query(`
      GRANT SELECT ON cards.card_order, cards.order_supplier, cards.payment_notice, cards.refund, cards.card
        TO tanhui_auditor`);
  }

  private async orders(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE cards.card_order (
        book            int    NOT NULL REFERENCES platform.book (id),
        id              uuid   NOT NULL,
        no              text COLLATE "C" NOT NULL,
        product         text   NOT NULL,
        buyer_user      uuid   NOT NULL,
        -- Keyed digest of what was asked, so that a key used again with another body is seen.
        request_digest  bytea  NOT NULL,
        -- What stands on the card, its number and the buyer's name, sealed as one.
        face_sealed     bytea  NOT NULL,
        number_index    bytea  NOT NULL,
        number_last4    text   NOT NULL,
        grams           bigint NOT NULL CHECK (grams > 0),
        amount_fen      bigint NOT NULL CHECK (amount_fen > 0),
        split_version   int    NOT NULL,
        -- Under which id the credits lib holds the grams: the order's own, or another after a new hold.
        supply_id       uuid   NOT NULL,
        state           text   NOT NULL CHECK (state IN ('held', 'paid', 'expired', 'late', 'refunded', 'split')),
        -- The card number is this buyer's as long as the order holds grams or its card runs.
        bound           boolean NOT NULL,
        placed_at       timestamptz NOT NULL,
        hold_expires_at timestamptz NOT NULL,
        channel         text,
        paid_at         timestamptz,
        window_ends_on  date,
        refunded_grams  bigint NOT NULL DEFAULT 0,
        refunded_fen    bigint NOT NULL DEFAULT 0,
        settlement      uuid,
        PRIMARY KEY (book, id),
        UNIQUE (book, no),
        FOREIGN KEY (book, product) REFERENCES cards.product (book, code),
        FOREIGN KEY (book, split_version) REFERENCES cards.split_rule (book, version),
        CONSTRAINT refunded_within CHECK (refunded_grams BETWEEN 0 AND grams AND refunded_fen BETWEEN 0 AND amount_fen),
        CONSTRAINT paid_has_window CHECK (state NOT IN ('paid', 'split') OR window_ends_on IS NOT NULL),
        CONSTRAINT split_has_settlement CHECK ((state = 'split') = (settlement IS NOT NULL)),
        CONSTRAINT one_owner_per_card_number
          EXCLUDE USING gist (book WITH =, number_index WITH =, buyer_user WITH <>) WHERE (bound)
      )`);
    await q.query(`CREATE INDEX card_order_buyer ON cards.card_order (book, buyer_user, placed_at DESC)`);
    await q.query(`
      CREATE INDEX card_order_to_split ON cards.card_order (book, window_ends_on) WHERE state = 'paid'`);

    // Whose grams an order draws on. Kept grams fall when a refund gives some of them back.
    await q.query(`
      CREATE TABLE cards.order_supplier (
        book       int    NOT NULL,
        supply_id  uuid   NOT NULL,
        party      uuid   NOT NULL,
        issuance   uuid   NOT NULL,
        order_id   uuid   NOT NULL,
        grams      bigint NOT NULL CHECK (grams > 0),
        kept_grams bigint NOT NULL,
        PRIMARY KEY (book, supply_id, party, issuance),
        FOREIGN KEY (book, order_id) REFERENCES cards.card_order (book, id),
        CONSTRAINT kept_within CHECK (kept_grams BETWEEN 0 AND grams)
      )`);
  }

  private async payments(q: QueryRunner): Promise<void> {
    // The inbox: a channel may send a notice any number of times.
    await q.query(`
      CREATE TABLE cards.payment_notice (
        book        int    NOT NULL,
        channel     text COLLATE "C" NOT NULL CHECK (channel ~ '^[a-z0-9-]{1,40}$'),
        notice_no   text COLLATE "C" NOT NULL CHECK (length(notice_no) BETWEEN 1 AND 100),
        order_id    uuid   NOT NULL,
        amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
        paid_at     timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        outcome     text   NOT NULL CHECK (outcome IN ('settled', 'late')),
        PRIMARY KEY (book, channel, notice_no),
        FOREIGN KEY (book, order_id) REFERENCES cards.card_order (book, id)
      )`);
    // An order is paid once, whatever the channels say.
    await q.query(`CREATE UNIQUE INDEX payment_notice_order ON cards.payment_notice (book, order_id)`);

    await q.query(`
      CREATE TABLE cards.refund (
        book       int    NOT NULL,
        id         uuid   NOT NULL,
        order_id   uuid   NOT NULL,
        channel    text   NOT NULL,
        grams      bigint NOT NULL CHECK (grams >= 0),
        amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
        reason     text   NOT NULL CHECK (reason IN ('asked', 'no-grams', 'number-taken')),
        at         timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, order_id) REFERENCES cards.card_order (book, id)
      )`);
    await q.query(`CREATE INDEX refund_order ON cards.refund (book, order_id)`);
  }

  private async cards(q: QueryRunner): Promise<void> {
    // A card holds grams, never yuan.
    await q.query(`
      CREATE TABLE cards.card (
        book            int    NOT NULL,
        id              uuid   NOT NULL,
        order_id        uuid   NOT NULL,
        buyer_user      uuid   NOT NULL,
        number_index    bytea  NOT NULL,
        grams           bigint NOT NULL CHECK (grams > 0),
        retired_grams   bigint NOT NULL DEFAULT 0,
        refunded_grams  bigint NOT NULL DEFAULT 0,
        certified_grams bigint NOT NULL DEFAULT 0,
        state           text   NOT NULL CHECK (state IN ('active', 'refunded', 'ended')),
        issued_at       timestamptz NOT NULL,
        term_ends_on    date   NOT NULL,
        PRIMARY KEY (book, id),
        UNIQUE (book, order_id),
        FOREIGN KEY (book, order_id) REFERENCES cards.card_order (book, id),
        CONSTRAINT grams_add_up CHECK (retired_grams >= 0 AND refunded_grams >= 0
                                       AND retired_grams + refunded_grams <= grams),
        CONSTRAINT certified_is_retired CHECK (certified_grams BETWEEN 0 AND retired_grams),
        CONSTRAINT ended_is_empty CHECK (state = 'active' OR retired_grams + refunded_grams = grams)
      )`);
    await q.query(`CREATE INDEX card_number ON cards.card (book, number_index) WHERE state = 'active'`);
    await q.query(`CREATE INDEX card_term ON cards.card (book, term_ends_on) WHERE state = 'active'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      `DROP TABLE cards.card, cards.refund, cards.payment_notice, cards.order_supplier, cards.card_order`,
    );
  }
}
