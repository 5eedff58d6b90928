import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Balances of a path and statements in effective order, at any pair of times: what counted up to one (effective) as
 * it was known at the other (recorded). Both limits belong to what they limit.
 */
export class LedgerTimes1763700000290 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [BALANCE_OF, BALANCES_AT, EFFECTIVE_LINES]) await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${FUNCTIONS}`);
  }
}

const FUNCTIONS = 'ledger.effective_lines, ledger.balances_at, ledger.balance_of';

/** Plans are kept as long as a connection lives, and one made on an empty table would read whole tables later. */
const BY_INDEX = `LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET jit = off`;

/**
 * The balance over the postings among the account's first p_upto that stand, in the order of effective time and
 * version, not after (p_at, p_version).
 */
const BALANCE_OF = `
  CREATE FUNCTION ledger.balance_of(p_book int, p_account bigint, p_side int, p_upto bigint, p_at timestamptz,
    p_version bigint DEFAULT 9223372036854775807) RETURNS numeric
  ${BY_INDEX} AS $$
  DECLARE
    top bigint := ledger.version_as_of_effective(p_book, p_account, p_at, p_upto);
    base numeric; late numeric;
  BEGIN
    -- Up to the account's last version before p_at all count; among those at p_at itself only up to p_version.
    IF p_version < top THEN
      top := least(top, greatest(p_version,
        ledger.version_as_of_effective(p_book, p_account, p_at - interval '1 microsecond', top)));
    END IF;
    SELECT p.balance_after INTO base FROM ledger.posting p
     WHERE p.book = p_book AND p.account = p_account AND p.version = top;
    -- What came late, beyond it. Either way to find them is exact; the shorter one is taken.
    IF p_upto - top <= 200 THEN
      SELECT sum(p.amount) INTO late FROM ledger.posting p
       WHERE p.book = p_book AND p.account = p_account AND p.version > top AND p.version <= p_upto
         AND (p.effective_at, p.version) <= (p_at, p_version);
    ELSE
      SELECT sum(p.amount) INTO late FROM ledger.posting p
       WHERE p.book = p_book AND p.account = p_account AND p.effective_high IS NOT NULL
         AND (p.effective_at, p.version) <= (p_at, p_version) AND p.version > top AND p.version <= p_upto;
    END IF;
    RETURN coalesce(base, 0) + p_side * coalesce(late, 0);
  END $$`;

/** The balances of a path, one per asset (or of one asset). A limit that is NULL is no limit. */
const BALANCES_AT = `
  CREATE FUNCTION ledger.balances_at(p_book int, p_path text, p_asset text, p_effective timestamptz,
    p_recorded timestamptz)
    RETURNS TABLE (asset text, account bigint, side int, version bigint, balance numeric)
  ${BY_INDEX} AS $$
  DECLARE x record; last_seq bigint;
  BEGIN
    IF p_recorded IS NOT NULL THEN last_seq := ledger.seq_as_of(p_book, p_recorded); END IF;
    FOR x IN SELECT s.code, a.id, a.side AS sign, a.version AS newest, a.side * (a.debits - a.credits) AS present
               FROM ledger.account a JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
              WHERE a.book = p_book AND a.path = p_path AND (p_asset IS NULL OR s.code = p_asset)
                AND (p_recorded IS NULL OR a.opened_at <= p_recorded)
              ORDER BY s.code LOOP
      asset := x.code; account := x.id; side := x.sign; version := x.newest; balance := x.present;
      IF p_recorded IS NOT NULL THEN
        version := ledger.version_as_of_seq(p_book, x.id, last_seq);
      END IF;
      IF version < x.newest OR p_effective IS NOT NULL THEN
        balance := ledger.balance_of(p_book, x.id, x.sign, version, coalesce(p_effective, 'infinity'));
      END IF;
      RETURN NEXT;
    END LOOP;
  END $$`;

/**
 * An account's postings in the order of effective time, strictly between two places of that order, with the running
 * balance: those in time come by version, the late ones by their index, and both streams are merged.
 */
const EFFECTIVE_LINES = `
  CREATE FUNCTION ledger.effective_lines(p_book int, p_account bigint, p_side int, p_upto bigint,
    p_after timestamptz, p_after_version bigint, p_before timestamptz, p_before_version bigint,
    p_newest boolean, p_limit int)
    RETURNS TABLE (version bigint, seq bigint, amount bigint, effective_at timestamptz, balance numeric) ROWS 50
  ${BY_INDEX} AS $$
  DECLARE
    low CONSTANT bigint := CASE WHEN p_after = '-infinity' THEN 0 ELSE
      ledger.version_as_of_effective(p_book, p_account, p_after - interval '1 microsecond', p_upto) END;
    high CONSTANT bigint := ledger.version_as_of_effective(p_book, p_account, p_before, p_upto);
    start numeric;
  BEGIN
    IF p_newest THEN
      start := ledger.balance_of(p_book, p_account, p_side, p_upto, p_before, p_before_version - 1);
      RETURN QUERY
      SELECT q.version, q.seq, q.amount, q.effective_at,
             start - p_side * (sum(q.amount) OVER (ORDER BY q.effective_at DESC, q.version DESC) - q.amount)
        FROM (
          (SELECT p.version, p.seq, p.amount, p.effective_at FROM ledger.posting p
            WHERE p.book = p_book AND p.account = p_account AND p.version > low AND p.version <= high
              AND p.effective_high IS NULL
              AND (p.effective_at, p.version) > (p_after, p_after_version)
              AND (p.effective_at, p.version) < (p_before, p_before_version)
            ORDER BY p.version DESC LIMIT p_limit)
          UNION ALL
          (SELECT p.version, p.seq, p.amount, p.effective_at FROM ledger.posting p
            WHERE p.book = p_book AND p.account = p_account AND p.effective_high IS NOT NULL
              AND (p.effective_at, p.version) > (p_after, p_after_version)
              AND (p.effective_at, p.version) < (p_before, p_before_version)
              AND p.version <= p_upto
            ORDER BY p.effective_at DESC, p.version DESC LIMIT p_limit)
        ) q ORDER BY q.effective_at DESC, q.version DESC LIMIT p_limit;
    ELSE
      start := ledger.balance_of(p_book, p_account, p_side, p_upto, p_after, p_after_version);
      RETURN QUERY
      SELECT q.version, q.seq, q.amount, q.effective_at,
             start + p_side * sum(q.amount) OVER (ORDER BY q.effective_at, q.version)
        FROM (
          (SELECT p.version, p.seq, p.amount, p.effective_at FROM ledger.posting p
            WHERE p.book = p_book AND p.account = p_account AND p.version > low AND p.version <= high
              AND p.effective_high IS NULL
              AND (p.effective_at, p.version) > (p_after, p_after_version)
              AND (p.effective_at, p.version) < (p_before, p_before_version)
            ORDER BY p.version LIMIT p_limit)
          UNION ALL
          (SELECT p.version, p.seq, p.amount, p.effective_at FROM ledger.posting p
            WHERE p.book = p_book AND p.account = p_account AND p.effective_high IS NOT NULL
              AND (p.effective_at, p.version) > (p_after, p_after_version)
              AND (p.effective_at, p.version) < (p_before, p_before_version)
              AND p.version <= p_upto
            ORDER BY p.effective_at, p.version LIMIT p_limit)
        ) q ORDER BY q.effective_at, q.version LIMIT p_limit;
    END IF;
  END $$`;
