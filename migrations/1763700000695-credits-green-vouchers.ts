import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 绿色凭证 of tea gardens: which plot was measured for which year and how. It has no grams, no price and no claim. */
export class CreditsGreenVouchers1763700000695 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE credits.green_voucher (
        book            int  NOT NULL,
        number          text COLLATE "C" NOT NULL CHECK (number ~ '^LP[0-9A-HJKMNP-TV-Z]{17}$'),
        measurement     uuid NOT NULL,
        parcel_code     text COLLATE "C" NOT NULL,
        village         text COLLATE "C" NOT NULL,
        year            int  NOT NULL,
        forest_class    text NOT NULL CHECK (forest_class = 'tea'),
        method          text NOT NULL,
        coefficient_set text COLLATE "C" NOT NULL REFERENCES credits.coefficient_set (version),
        issued_by       text NOT NULL,
        issued_at       timestamptz NOT NULL,
        hash            text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
        PRIMARY KEY (book, number),
        CONSTRAINT one_voucher_a_plot_and_year UNIQUE (book, measurement),
        FOREIGN KEY (book, measurement) REFERENCES credits.measurement (book, id)
      );
      CREATE INDEX green_voucher_number ON credits.green_voucher (number);
      GRANT SELECT, INSERT ON credits.green_voucher TO tanhui_app;
      GRANT SELECT ON credits.green_voucher TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE credits.green_voucher`);
  }
}
