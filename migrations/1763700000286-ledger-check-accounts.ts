import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recomputes accounts from their postings: whole accounts in slices of their ids, or what is new of each. */
export class LedgerCheckAccounts1763700000286 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [CHAIN, CHAIN_OF_ONE, CHAIN_OF_NEW, TOTALS, HEADS, PERIOD_BALANCES])
      await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${FUNCTIONS}`);
  }
}

const FUNCTIONS = `ledger.check_chain, ledger.check_chain_of_one, ledger.check_chain_of_new, ledger.check_totals,
  ledger.check_heads, ledger.check_period_balances`;

const AS_CHECK = `RETURNS SETOF ledger.finding
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
    SET work_mem = '64MB' SET random_page_cost = '1.1' SET jit = off
    SET max_parallel_workers_per_gather = 0 AS`;

/** Accounts lie all over the table: its pages are read in the order of the disk, and the rows sorted in memory. */
const AS_CHECK_BY_PAGES = AS_CHECK.replace(' AS', ' SET enable_indexscan = off AS');

/** Nor is a slice of accounts walked once for each posting, as the planner would on tables it never looked at. */
const AS_CHECK_OF_SLICE = AS_CHECK_BY_PAGES.replace(' AS', ' SET enable_nestloop = off AS');

const BEFORE = `coalesce(p.version_before, 0) AS version_before, coalesce(p.seq_before, 0) AS seq_before,
               coalesce(p.balance_before, 0) AS balance_before, coalesce(p.high_before, '-infinity') AS high_before`;

const BEFORE_OR_LOOKED_UP = `coalesce(p.version_before, b.version, 0) AS version_before,
               coalesce(p.seq_before, b.seq, 0) AS seq_before,
               coalesce(p.balance_before, b.balance_after, 0) AS balance_before,
               coalesce(p.high_before, b.effective_high, b.effective_at, '-infinity') AS high_before`;

const ONE_BEFORE = `LEFT JOIN LATERAL (
            SELECT b.version, b.seq, b.balance_after, b.effective_at, b.effective_high FROM ledger.posting b
             WHERE p.version_before IS NULL AND p.version > 1
               AND b.book = p_book AND b.account = p.account AND b.version = p.version - 1 OFFSET 0) b ON true`;

/**
 * Every posting continues the one before it on its account. Of the first in a slice that does not begin with the
 * account, the one before is looked up: so any set of postings can be checked alone.
 */
const chainOver = (slice: string, accounts: string, beginsInside: boolean) => `
  BEGIN
    RETURN QUERY
    SELECT w.code, 'posting',
           jsonb_build_object('account', coalesce(x.path, 'id ' || q.account), 'asset', s.code, 'version', q.version,
                              'seq', q.seq),
           w.columns, w.expected, w.found
      FROM (
        SELECT p.account, p.version, p.seq, p.amount, p.balance_after, p.effective_at, p.effective_high,
               ${beginsInside ? BEFORE_OR_LOOKED_UP : BEFORE}
          FROM (SELECT p.account, p.version, p.seq, p.amount, p.balance_after, p.effective_at, p.effective_high,
                       lag(p.version) OVER w AS version_before, lag(p.seq) OVER w AS seq_before,
                       lag(p.balance_after) OVER w AS balance_before,
                       lag(coalesce(p.effective_high, p.effective_at)) OVER w AS high_before
                  FROM ledger.posting p WHERE p.book = p_book AND ${slice}
                WINDOW w AS (PARTITION BY p.account ORDER BY p.version)) p
          ${beginsInside ? ONE_BEFORE : ''}) q
      LEFT JOIN ledger.account x ON x.book = p_book AND x.id = q.account ${accounts}
      LEFT JOIN ledger.asset s ON s.book = p_book AND s.id = x.asset
      CROSS JOIN LATERAL (
        SELECT 'VERSION_GAP' AS code, '{version}'::text[] AS columns, to_jsonb(q.version_before + 1) AS expected,
               to_jsonb(q.version) AS found WHERE q.version <> q.version_before + 1
        UNION ALL
        SELECT 'VERSION_OUT_OF_ORDER', '{version,seq}', jsonb_build_object('after', q.seq_before), to_jsonb(q.seq)
         WHERE q.seq <= q.seq_before
        UNION ALL
        SELECT 'BALANCE_CHAIN_BROKEN', '{amount,balance_after}',
               to_jsonb((q.balance_before + x.side * q.amount)::text), to_jsonb(q.balance_after::text)
         WHERE q.balance_after <> q.balance_before + x.side * q.amount
        UNION ALL
        SELECT 'EFFECTIVE_HIGH_DIFFERS', '{effective_at,effective_high}',
               to_jsonb(CASE WHEN q.effective_at < q.high_before THEN q.high_before END), to_jsonb(q.effective_high)
         WHERE q.effective_high IS DISTINCT FROM CASE WHEN q.effective_at < q.high_before THEN q.high_before END) w
     WHERE q.version <> q.version_before + 1 OR q.seq <= q.seq_before
        OR q.balance_after <> q.balance_before + x.side * q.amount
        OR q.effective_high IS DISTINCT FROM CASE WHEN q.effective_at < q.high_before THEN q.high_before END;
  END`;

const CHAIN = `
  CREATE FUNCTION ledger.check_chain(p_book int, p_first bigint, p_last bigint) ${AS_CHECK_OF_SLICE} $$
  ${chainOver('p.account BETWEEN p_first AND p_last', 'AND x.id BETWEEN p_first AND p_last', false)} $$`;

/** For an account so busy that its postings do not fit in memory. */
const CHAIN_OF_ONE = `
  CREATE FUNCTION ledger.check_chain_of_one(p_book int, p_account bigint, p_from bigint, p_to bigint) ${AS_CHECK} $$
  ${chainOver('p.account = p_account AND p.version BETWEEN p_from AND p_to', 'AND x.id = p_account', true)} $$`;

const CHAIN_OF_NEW = `
  CREATE FUNCTION ledger.check_chain_of_new(p_book int, p_from bigint, p_to bigint) ${AS_CHECK_BY_PAGES} $$
  ${chainOver('p.seq BETWEEN p_from AND p_to', '', true)} $$`;

/** The totals of an account are the sums of its postings. */
const TOTALS = `
  CREATE FUNCTION ledger.check_totals(p_book int, p_first bigint, p_last bigint) ${AS_CHECK_BY_PAGES} $$
  BEGIN
    RETURN QUERY
    SELECT 'TOTALS_DIFFER', 'account',
           jsonb_build_object('account', coalesce(x.path, 'id ' || q.account), 'asset', s.code),
           '{debits,credits,version,effective_high}'::text[],
           jsonb_build_object('debits', q.debits::text, 'credits', q.credits::text, 'version', q.postings,
                              'effective_high', q.high),
           CASE WHEN x.id IS NOT NULL THEN
             jsonb_build_object('debits', x.debits::text, 'credits', x.credits::text, 'version', x.version,
                                'effective_high', x.effective_high) END
      FROM (SELECT a.* FROM ledger.account a WHERE a.book = p_book AND a.id BETWEEN p_first AND p_last) x
      FULL JOIN (SELECT p.account, count(*) AS postings, max(p.effective_at) AS high,
                        coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0) AS debits,
                        coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0) AS credits
                   FROM ledger.posting p WHERE p.book = p_book AND p.account BETWEEN p_first AND p_last
                  GROUP BY p.account) q ON q.account = x.id
      LEFT JOIN ledger.asset s ON s.book = p_book AND s.id = x.asset
     WHERE x.id IS NULL OR x.debits <> coalesce(q.debits, 0) OR x.credits <> coalesce(q.credits, 0)
        OR x.version <> coalesce(q.postings, 0) OR x.effective_high <> coalesce(q.high, '-infinity');
  END $$`;

/** The accounts that a slice of entries touched stand where their last posting left them. */
const HEADS = `
  CREATE FUNCTION ledger.check_heads(p_book int, p_from bigint, p_to bigint) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    SELECT 'TOTALS_DIFFER', 'account', jsonb_build_object('account', x.path, 'asset', s.code),
           '{debits,credits,version,effective_high}'::text[],
           jsonb_build_object('version', l.version, 'balance', l.balance_after::text, 'effective_high', l.high),
           jsonb_build_object('version', x.version, 'balance', (x.side * (x.debits - x.credits))::text,
                              'effective_high', x.effective_high)
      FROM (SELECT DISTINCT p.account FROM ledger.posting p
             WHERE p.book = p_book AND p.seq BETWEEN p_from AND p_to) q
      JOIN ledger.account x ON x.book = p_book AND x.id = q.account
     CROSS JOIN LATERAL (
        SELECT p.version, p.balance_after, coalesce(p.effective_high, p.effective_at) AS high FROM ledger.posting p
         WHERE p.book = p_book AND p.account = q.account ORDER BY p.version DESC LIMIT 1) l
      LEFT JOIN ledger.asset s ON s.book = p_book AND s.id = x.asset
     WHERE x.version <> l.version OR x.side * (x.debits - x.credits) <> l.balance_after OR x.effective_high <> l.high;
  END $$`;

/** The kept balances of every period are the turnover that was effective by its end and recorded by its closing. */
const PERIOD_BALANCES = `
  CREATE FUNCTION ledger.check_period_balances(p_book int, p_first bigint, p_last bigint) ${AS_CHECK_BY_PAGES} $$
  BEGIN
    RETURN QUERY
    WITH closing AS MATERIALIZED (
      SELECT d.no, d.ends_at, ledger.seq_as_of(p_book, d.closed_at) AS seq FROM ledger.period d WHERE d.book = p_book
    ), moment AS MATERIALIZED (
      -- Where a posting first counts, in effective time and in numbers: no posting is looked at once per period.
      SELECT array_agg(DISTINCT c.ends_at ORDER BY c.ends_at) AS ends, array_agg(DISTINCT c.seq ORDER BY c.seq) AS seqs
        FROM closing c
    ), moved AS (
      SELECT p.account, width_bucket(p.effective_at - interval '1 microsecond', m.ends) AS by_end,
             width_bucket(p.seq - 1, m.seqs) AS by_seq,
             coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0) AS debits,
             coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0) AS credits
        FROM ledger.posting p CROSS JOIN moment m
       WHERE p.book = p_book AND p.account BETWEEN p_first AND p_last
       GROUP BY 1, 2, 3
    ), turnover AS (
      SELECT c.no, v.account, sum(v.debits) AS debits, sum(v.credits) AS credits
        FROM closing c CROSS JOIN moment m
        JOIN moved v ON v.by_end < array_position(m.ends, c.ends_at) AND v.by_seq < array_position(m.seqs, c.seq)
       GROUP BY c.no, v.account)
    SELECT 'PERIOD_BALANCE_DIFFERS', 'period_balance',
           jsonb_build_object('period', coalesce(t.no, k.period),
                              'account', coalesce(x.path, 'id ' || coalesce(t.account, k.account)), 'asset', s.code),
           '{debits,credits}'::text[],
           CASE WHEN t.no IS NOT NULL THEN jsonb_build_object('debits', t.debits::text, 'credits', t.credits::text) END,
           CASE WHEN k.period IS NOT NULL THEN jsonb_build_object('debits', k.debits::text, 'credits', k.credits::text) END
      FROM turnover t
      FULL JOIN (SELECT k.* FROM ledger.period_balance k
                  WHERE k.book = p_book AND k.account BETWEEN p_first AND p_last) k
             ON k.period = t.no AND k.account = t.account
      LEFT JOIN ledger.account x ON x.book = p_book AND x.id = coalesce(t.account, k.account)
      LEFT JOIN ledger.asset s ON s.book = p_book AND s.id = x.asset
     WHERE t.debits IS DISTINCT FROM k.debits OR t.credits IS DISTINCT FROM k.credits;
  END $$`;
