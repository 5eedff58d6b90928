import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files by which villages said that a roster is as they have it. */
export class CompensationRosterFiles1763700000981 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE compensation.roster_file (
        book         int  NOT NULL,
        id           uuid NOT NULL,
        roster       uuid NOT NULL,
        sha256       text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        rows         int  NOT NULL CHECK (rows > 0),
        confirmed_by text NOT NULL,
        confirmed_at timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        CONSTRAINT file_once UNIQUE (book, roster, sha256),
        FOREIGN KEY (book, roster) REFERENCES compensation.roster (book, id)
      );
      GRANT SELECT, INSERT ON compensation.roster_file TO tanhui_app;
      GRANT SELECT ON compensation.roster_file TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE compensation.roster_file`);
  }
}
