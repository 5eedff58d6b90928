import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of indicators that were loaded, and after how many days money counts as idle. */
export class FundsImports1763700000715 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE funds.indicator_import (
        book        int    NOT NULL REFERENCES platform.book (id),
        id          uuid   NOT NULL,
        sha256      text   NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        rows        int    NOT NULL CHECK (rows > 0),
        total_fen   bigint NOT NULL CHECK (total_fen > 0),
        imported_by text   NOT NULL,
        imported_at timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        CONSTRAINT file_loaded_once UNIQUE (book, sha256)
      );
      ALTER TABLE funds.indicator ADD import uuid,
        ADD CONSTRAINT indicator_of_a_file FOREIGN KEY (book, import) REFERENCES funds.indicator_import (book, id);

      -- idle: days since the money reached the county; unused: days since a payee received it.
      CREATE TABLE funds.day_limit (
        book        int  NOT NULL REFERENCES platform.book (id),
        kind        text COLLATE "C" NOT NULL CHECK (kind IN ('idle', 'unused')),
        days        int  NOT NULL CHECK (days BETWEEN 1 AND 3650),
        valid       daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
        document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT one_limit_a_day EXCLUDE USING gist (book WITH =, kind WITH =, valid WITH &&)
      );
      GRANT SELECT, INSERT ON funds.indicator_import, funds.day_limit TO tanhui_app;
      GRANT UPDATE (valid) ON funds.day_limit TO tanhui_app;
      GRANT SELECT ON funds.indicator_import, funds.day_limit TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE funds.indicator DROP COLUMN import;
      DROP TABLE funds.indicator_import, funds.day_limit`);
  }
}
