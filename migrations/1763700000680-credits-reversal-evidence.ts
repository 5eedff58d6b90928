import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A reversal names the file it rests on by its hash, as orders do. */
export class CreditsReversalEvidence1763700000680 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE credits.reversal ADD evidence_sha256 text CHECK (evidence_sha256 ~ '^[0-9a-f]{64}$')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE credits.reversal DROP COLUMN evidence_sha256`);
  }
}
