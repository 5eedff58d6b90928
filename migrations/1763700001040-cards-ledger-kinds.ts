import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The accounts the cards lib owns and the entries it may post. */
export class CardsLedgerKinds1763700001040 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      INSERT INTO ledger.account_kind (kind, owner, side, floor) VALUES
        ('unsplit', 'cards', -1, 0), ('afforestation', 'cards', -1, 0), ('nontax-due', 'cards', -1, 0),
        ('fee', 'cards', -1, 0), ('tax', 'cards', -1, 0), ('channel-cost', 'cards', -1, 0),
        ('refund-reserve', 'cards', -1, 0)`);
    // The share of the fee set aside is an entry of its own, so that the split's turnover is the fee allotted.
    await q.query(`
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds) VALUES
        ('cards.pay', 'cards', false, '{custody,unsplit}'),
        ('cards.refund', 'cards', false, '{unsplit,custody}'),
        ('cards.split', 'cards', false,
         '{unsplit,afforestation,payable-market,nontax-due,fee,tax,channel-cost}'),
        ('cards.set-aside', 'cards', false, '{fee,refund-reserve}')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM ledger.entry_kind WHERE owner = 'cards'`);
    await q.query(`DELETE FROM ledger.account_kind WHERE owner = 'cards'`);
  }
}
