import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every book begins with; a county adds funds of its own and renames these by document. */
const USUAL = [
  ['central', '中央财政', 'Central budget'],
  ['provincial', '省级财政', 'Provincial budget'],
  ['city', '市级财政', 'City budget'],
  ['county', '县级财政', 'County budget'],
  ['donation', '社会捐赠', 'Donations'],
  ['transfer', '林地流转收入', 'Income from transferred forest land'],
  ['card-income', '碳卡收入', 'Income of carbon cards'],
  ['cross-region', '跨区域补偿协议', 'Agreements between regions'],
] as const;

/** Where compensation money comes from (资金来源): sources with dated names, and the source of every indicator. */
export class FundsSources1763700000710 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE funds.source_kind (
        kind    text COLLATE "C" PRIMARY KEY CHECK (kind ~ '^[a-z-]{1,40}$'),
        ordinal int  NOT NULL UNIQUE,
        name_zh text NOT NULL CHECK (name_zh <> ''),
        name_en text NOT NULL CHECK (name_en <> '')
      );
      CREATE TABLE funds.fund_source (
        book        int  NOT NULL REFERENCES platform.book (id),
        code        text COLLATE "C" NOT NULL CHECK (code ~ '^[a-z0-9-]{1,40}$'),
        kind        text COLLATE "C" NOT NULL REFERENCES funds.source_kind (kind),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (book, code)
      );
      -- Names of offices and funds change by document; a payout keeps the name of its day.
      CREATE TABLE funds.fund_source_name (
        book        int  NOT NULL,
        source      text COLLATE "C" NOT NULL,
        name_zh     text NOT NULL CHECK (length(name_zh) BETWEEN 1 AND 200),
        name_en     text NOT NULL CHECK (length(name_en) BETWEEN 1 AND 200),
        valid       daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
        document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        FOREIGN KEY (book, source) REFERENCES funds.fund_source (book, code)
      )`);
    // In a statement of its own: an exclusion of text and dates needs the extension, which may not be there yet.
    await q.query(`CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public`);
    await q.query(`
      ALTER TABLE funds.fund_source_name ADD CONSTRAINT one_name_a_day
        EXCLUDE USING gist (book WITH =, source WITH =, valid WITH &&)`);
    await q.query(
      `INSERT INTO funds.source_kind (kind, ordinal, name_zh, name_en)
       SELECT k.kind, k.ordinal, k.zh, k.en
         FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS k (kind, zh, en, ordinal)`,
      [USUAL.map(([kind]) => kind), USUAL.map(([, zh]) => zh), USUAL.map(([, , en]) => en)],
    );
    await this.everyBook(q);
    await this.everyIndicator(q);
    await q.query(`
      GRANT SELECT ON funds.source_kind, funds.fund_source, funds.fund_source_name
        TO tanhui_app, tanhui_auditor;
      GRANT INSERT ON funds.fund_source, funds.fund_source_name TO tanhui_app;
      GRANT UPDATE (valid) ON funds.fund_source_name TO tanhui_app`);
  }

  private async everyBook(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION funds.open_book() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
        INSERT INTO funds.fund_source (book, code, kind, recorded_by, recorded_at)
        SELECT NEW.id, k.kind, k.kind, 'system/usual-sources', now() FROM funds.source_kind k;
        INSERT INTO funds.fund_source_name (book, source, name_zh, name_en, valid, document_no, recorded_by, recorded_at)
        SELECT NEW.id, k.kind, k.name_zh, k.name_en, '[1990-01-01,)', '系统预置', 'system/usual-sources', now()
          FROM funds.source_kind k;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION funds.open_book() FROM PUBLIC;
      CREATE TRIGGER book_opens_its_sources AFTER INSERT ON platform.book
        FOR EACH ROW EXECUTE FUNCTION funds.open_book();

      INSERT INTO funds.fund_source (book, code, kind, recorded_by, recorded_at)
      SELECT b.id, k.kind, k.kind, 'system/usual-sources', now() FROM platform.book b, funds.source_kind k;
      INSERT INTO funds.fund_source_name (book, source, name_zh, name_en, valid, document_no, recorded_by, recorded_at)
      SELECT b.id, k.kind, k.name_zh, k.name_en, '[1990-01-01,)', '系统预置', 'system/usual-sources', now()
        FROM platform.book b, funds.source_kind k`);
  }

  /** Direct funds (直达资金) are the central budget's; what else was entered before sources were is the county's. */
  private async everyIndicator(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE funds.indicator ADD fund_source text COLLATE "C";
      UPDATE funds.indicator SET fund_source = CASE WHEN direct THEN 'central' ELSE 'county' END;
      ALTER TABLE funds.indicator ALTER fund_source SET NOT NULL,
        ADD CONSTRAINT indicator_has_a_source
          FOREIGN KEY (book, fund_source) REFERENCES funds.fund_source (book, code);
      CREATE INDEX indicator_of_source ON funds.indicator (book, fund_source, year);

      CREATE VIEW funds.indicator_source AS
      SELECT i.book, i.id AS indicator, s.code AS source, s.kind, n.name_zh, n.name_en
        FROM funds.indicator i
        JOIN funds.fund_source s ON s.book = i.book AND s.code = i.fund_source
        LEFT JOIN funds.fund_source_name n ON n.book = s.book AND n.source = s.code AND n.valid @> i.arrived_on;
      GRANT SELECT ON funds.indicator_source TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP VIEW funds.indicator_source;
      ALTER TABLE funds.indicator DROP COLUMN fund_source;
      DROP TRIGGER book_opens_its_sources ON platform.book;
      DROP FUNCTION funds.open_book;
      DROP TABLE funds.fund_source_name, funds.fund_source, funds.source_kind`);
  }
}
