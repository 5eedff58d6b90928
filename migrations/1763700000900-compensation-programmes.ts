import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Programmes, their dated standards, and the ledger's word for locking a roster. */
export class CompensationProgrammes1763700000900 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public`);
    await q.query(`CREATE SCHEMA compensation`);
    await q.query(`GRANT USAGE ON SCHEMA compensation TO tanhui_app, tanhui_auditor`);
    await q.query(`
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds)
      VALUES ('compensation.lock', 'compensation', false, '{reserved,payable}')`);

    // Posts and their order, the length of the notice and whose right is paid are data: each county has its own.
    await q.query(`
      CREATE TABLE compensation.programme (
        book        int  NOT NULL REFERENCES platform.book (id),
        id          uuid NOT NULL,
        code        text COLLATE "C" NOT NULL CHECK (code ~ '^[a-z0-9-]{1,40}$'),
        name_zh     text NOT NULL CHECK (name_zh <> ''),
        name_en     text NOT NULL CHECK (name_en <> ''),
        rule_kind   text NOT NULL CHECK (rule_kind IN ('area')),
        -- Kinds of rights in order: of a parcel those of the first kind it has are paid.
        right_kinds text[] NOT NULL CHECK (cardinality(right_kinds) > 0),
        notice_days int  NOT NULL CHECK (notice_days BETWEEN 1 AND 60),
        notice_day_kind text NOT NULL CHECK (notice_day_kind IN ('working', 'calendar')),
        posts       text[] NOT NULL,
        created_by  text NOT NULL,
        created_at  timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        UNIQUE (book, code),
        CONSTRAINT two_pairs_of_eyes CHECK (cardinality(posts) >= 2),
        CONSTRAINT somebody_links_the_indicator CHECK ('finance-review' = ANY (posts)),
        CONSTRAINT villages_come_first CHECK (coalesce(array_position(posts, 'village-clerk'), 1) = 1)
      )`);

    // 标准: what a mu pays its holder, and what of it stays for public management (公共管护), by document.
    await q.query(`
      CREATE TABLE compensation.standard (
        book        int  NOT NULL,
        id          uuid NOT NULL,
        programme   uuid NOT NULL,
        level       text NOT NULL CHECK (level IN ('national', 'provincial')),
        tenure      text NOT NULL CHECK (tenure IN ('state', 'collective', 'individual')),
        payable_fen_per_mu bigint NOT NULL CHECK (payable_fen_per_mu BETWEEN 1 AND 10000000),
        public_management_fen_per_mu bigint NOT NULL CHECK (public_management_fen_per_mu BETWEEN 0 AND 10000000),
        valid       daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
        document_no text NOT NULL CHECK (document_no <> ''),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, programme) REFERENCES compensation.programme (book, id),
        CONSTRAINT one_standard_a_day
          EXCLUDE USING gist (book WITH =, programme WITH =, level WITH =, tenure WITH =, valid WITH &&)
      )`);
    await q.query(`GRANT SELECT, INSERT ON compensation.programme, compensation.standard TO tanhui_app`);
    // A new document ends the standard before it; what was paid by the old one keeps its own figures.
    await q.query(`GRANT UPDATE (valid) ON compensation.standard TO tanhui_app`);
    await q.query(`GRANT SELECT ON compensation.programme, compensation.standard TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA compensation CASCADE`);
    await q.query(`DELETE FROM ledger.entry_kind WHERE owner = 'compensation'`);
  }
}
