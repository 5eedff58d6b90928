import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger's words for what happens to grams: issued = holding + reserved + card + retired + buffer + the rest. */
export class CreditsLedgerKinds1763700000640 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      INSERT INTO ledger.account_kind (kind, owner, side, floor) VALUES
        ('issued', 'credits', 1, 0), ('holding', 'credits', -1, 0), ('reserved-grams', 'credits', -1, 0),
        ('card', 'credits', -1, 0), ('retired', 'credits', -1, 0), ('buffer', 'credits', -1, 0),
        ('cancelled', 'credits', -1, 0), ('external', 'credits', -1, 0)`);
    await q.query(`
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds) VALUES
        ('credits.issue', 'credits', false, '{issued,holding,buffer}'),
        ('credits.reserve', 'credits', false, '{holding,reserved-grams}'),
        ('credits.release', 'credits', false, '{reserved-grams,holding}'),
        ('credits.assign', 'credits', false, '{reserved-grams,card}'),
        ('credits.retire', 'credits', false, '{card,retired}'),
        ('credits.refund', 'credits', false, '{card,holding}'),
        ('credits.cancel', 'credits', false, '{card,cancelled}')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM ledger.entry_kind WHERE owner = 'credits'`);
    await q.query(`DELETE FROM ledger.account_kind WHERE owner = 'credits'`);
  }
}
