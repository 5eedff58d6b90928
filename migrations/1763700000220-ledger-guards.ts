import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The last judge: nobody changes the past, not even the tables' owner, and no entry creates or loses value. */
export class LedgerGuards1763700000220 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const guard of [FINAL, ONLY_TOTALS, ZERO_SUM]) await q.query(guard);
    await q.query(`
      REVOKE ALL ON FUNCTION ledger.refuse_change(), ledger.refuse_imbalance(), ledger.refuse_step_back()
        FROM PUBLIC`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.refuse_change(), ledger.refuse_imbalance(), ledger.refuse_step_back() CASCADE`);
  }
}

const FINAL = `
  CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% of ledger.% is refused: what is recorded stays', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER posting_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER refusal_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.refusal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()`;

/** Of an account only the totals move and only a closing is added; of a hold only its end; the fence moves forward. */
const ONLY_TOTALS = `
  CREATE TRIGGER account_stays BEFORE DELETE OR TRUNCATE ON ledger.account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER account_terms_stay BEFORE UPDATE OF book, id, path, asset, kind, side, floor, opened_at
    ON ledger.account FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER hold_stays BEFORE DELETE OR TRUNCATE ON ledger.hold
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER hold_terms_stay BEFORE UPDATE OF book, id, seq, owner, expires_at
    ON ledger.hold FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER asset_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.asset
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER fence_stays BEFORE DELETE OR TRUNCATE ON ledger.fence
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

  CREATE FUNCTION ledger.refuse_step_back() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.book <> OLD.book OR NEW.next_seq < OLD.next_seq OR NEW.recorded_at < OLD.recorded_at THEN
      RAISE EXCEPTION 'the fence of book % only moves forward', OLD.book USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER fence_moves_forward BEFORE UPDATE ON ledger.fence
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_step_back()`;

/** All postings of an entry come in one statement, so one look at the new rows judges them all. */
const ZERO_SUM = `
  CREATE FUNCTION ledger.refuse_imbalance() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE wrong record;
  BEGIN
    SELECT f.book, f.seq, f.asset, sum(f.amount) AS difference INTO wrong
      FROM fresh f GROUP BY f.book, f.seq, f.asset HAVING sum(f.amount) <> 0 LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'entry % of book % does not sum to zero: asset %, difference %',
        wrong.seq, wrong.book, wrong.asset, wrong.difference USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER posting_sums_to_zero AFTER INSERT ON ledger.posting REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_imbalance()`;
