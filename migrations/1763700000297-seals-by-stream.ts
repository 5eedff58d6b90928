import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The seal that covers a refusal or an event is found as that of an entry is, without reading the seals before it. */
export class SealsByStream1763700000297 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX seal_refusals ON ledger.seal (book, next_refusal, no)`);
    await q.query(`CREATE INDEX seal_events ON ledger.seal (book, next_event, no)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX ledger.seal_refusals, ledger.seal_events`);
  }
}
