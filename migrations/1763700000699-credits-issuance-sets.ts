import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With which sets, and by which methods, the grams of an issuance were measured: a township may be measured by both. */
export class CreditsIssuanceSets1763700000699 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE credits.issuance_set (
        book            int    NOT NULL,
        issuance        uuid   NOT NULL,
        coefficient_set text COLLATE "C" NOT NULL,
        set_owner       int    NOT NULL,
        method_kind     text   NOT NULL CHECK (method_kind IN ('coefficient', 'stock-change')),
        parcels         int    NOT NULL CHECK (parcels > 0),
        -- Of the issuance's; what was left out for uncertainty is not among them.
        grams           bigint NOT NULL CHECK (grams >= 0),
        PRIMARY KEY (book, issuance, coefficient_set),
        FOREIGN KEY (book, issuance) REFERENCES credits.issuance (book, id),
        FOREIGN KEY (set_owner, coefficient_set) REFERENCES credits.coefficient_set (owner, version),
        CONSTRAINT set_is_own_or_shared CHECK (set_owner IN (0, book))
      );
      GRANT SELECT, INSERT ON credits.issuance_set TO tanhui_app;
      GRANT SELECT ON credits.issuance_set TO tanhui_auditor;
      INSERT INTO credits.issuance_set (book, issuance, coefficient_set, set_owner, method_kind, parcels, grams)
      SELECT s.book, s.issuance, m.coefficient_set, m.set_owner, m.method_kind, count(DISTINCT m.id), sum(s.grams)
        FROM credits.issuance_share s JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
       GROUP BY s.book, s.issuance, m.coefficient_set, m.set_owner, m.method_kind`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE credits.issuance_set`);
  }
}
