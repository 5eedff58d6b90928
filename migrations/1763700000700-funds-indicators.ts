import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Budget indicators and the ledger's words for what happens to them. */
export class FundsIndicators1763700000700 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA funds`);
    await q.query(`GRANT USAGE ON SCHEMA funds TO tanhui_app, tanhui_auditor`);

    await q.query(`
      INSERT INTO ledger.account_kind (kind, owner, side, floor)
      VALUES ('allotted',   'funds',  1, 0),
             ('fund',       'funds', -1, 0),
             ('reserved',   'funds', -1, 0),
             ('stopped',    'funds', -1, 0),
             ('recovered',  'funds', -1, 0)`);
    await q.query(`
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds)
      VALUES ('funds.allot',   'funds', false, '{allotted,fund}'),
             ('funds.reserve', 'funds', false, '{fund,reserved}'),
             ('funds.release', 'funds', false, '{reserved,stopped,fund}'),
             ('funds.recover', 'funds', false, '{fund,recovered}')`);

    // One document may allot to several projects, but to each of them once.
    await q.query(`
      CREATE TABLE funds.indicator (
        book          int     NOT NULL REFERENCES platform.book (id),
        id            uuid    NOT NULL,
        doc_no        text    NOT NULL,
        year          int     NOT NULL CHECK (year BETWEEN 2000 AND 2100),
        source_kind   text    NOT NULL CHECK (source_kind IN ('advance', 'initial', 'supplement', 'carry-over')),
        project_code  text    NOT NULL,
        function_item text    NOT NULL CHECK (function_item ~ '^[0-9]{3,7}$'),
        economic_item text    NOT NULL CHECK (economic_item ~ '^[0-9]{3,5}$'),
        government_economic_item text CHECK (government_economic_item ~ '^[0-9]{3,5}$'),
        fund_nature   text    NOT NULL,
        budget_unit   text    NOT NULL,
        direct        boolean NOT NULL,
        amount_fen    bigint  NOT NULL CHECK (amount_fen > 0),
        arrived_on    date    NOT NULL,
        allotted_at   timestamptz NOT NULL,
        allotted_by   text    NOT NULL,
        PRIMARY KEY (book, id),
        UNIQUE (book, doc_no, project_code)
      )`);
    await q.query(`GRANT SELECT, INSERT ON funds.indicator TO tanhui_app`);
    await q.query(`GRANT SELECT ON funds.indicator TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA funds CASCADE`);
    await q.query(`DELETE FROM ledger.entry_kind WHERE owner = 'funds'`);
    await q.query(`DELETE FROM ledger.account_kind WHERE owner = 'funds'`);
  }
}
