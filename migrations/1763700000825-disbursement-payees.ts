import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A batch's line says when the account is not its holder's, and why; the database believes it only of an order. */
export class DisbursementPayees1763700000825 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- 监护人, 继承人, 受让人, 代领人, 并入户; null when the account is the holder's own.
      ALTER TABLE disbursement.batch_line ADD payee_reason text
        CHECK (payee_reason IN ('guardian', 'heir', 'transferee', 'proxy', 'merged'))`);
    await q.query(guardLines(WHOSE_ACCOUNT));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(guardLines(''));
    await q.query(`ALTER TABLE disbursement.batch_line DROP COLUMN payee_reason`);
  }
}

/** Money goes to the holder's account, or to that of whom an order names to be paid in the holder's place. */
const WHOSE_ACCOUNT = `
          OR (k.party <> l.party OR n.payee_reason IS NOT NULL) AND NOT EXISTS (
             SELECT FROM registry.payee y
              WHERE (y.book, y.party, y.payee, y.reason) = (n.book, l.party, k.party, n.payee_reason))`;

const guardLines = (more: string): string => `
  CREATE OR REPLACE FUNCTION disbursement.guard_batch_lines() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
  DECLARE wrong uuid;
  BEGIN
    SELECT n.line INTO wrong
      FROM added n
      JOIN disbursement.batch t ON t.book = n.book AND t.id = n.batch
      JOIN disbursement.payment_line l ON l.book = n.book AND l.id = n.line
      JOIN disbursement.payment_basis b ON b.book = l.book AND b.id = l.basis
      ${more && 'JOIN registry.bank_account k ON k.book = n.book AND k.id = n.bank_account'}
     WHERE b.rail <> t.rail OR b.fund <> t.fund OR b.source_id <> coalesce(t.source_id, b.source_id)
        OR l.due_fen <> n.amount_fen OR l.state <> 'pending'${more}
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'payment line % does not fit its batch', wrong USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$`;
