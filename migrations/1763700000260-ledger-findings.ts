import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recomputes a book from its postings. The auditor may run it with nothing but psql. */
export class LedgerFindings1763700000260 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [ENTRY_FINDINGS, ACCOUNT_FINDINGS, RULE_FINDINGS, FINDINGS]) await q.query(part);
    await q.query(`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC`);
    await q.query(`
      GRANT EXECUTE ON FUNCTION ledger.findings, ledger.entry_findings, ledger.account_findings,
        ledger.rule_findings TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.findings, ledger.entry_findings, ledger.account_findings, ledger.rule_findings`);
  }
}

/** Stable, so that all of it sees one moment of the book while others go on posting. */
const AS_FINDINGS = `RETURNS TABLE (code text, facts jsonb)
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS`;

/** Entries: numbered without gaps, ever later, whole, and zero per asset. */
const ENTRY_FINDINGS = `
  CREATE FUNCTION ledger.entry_findings(p_book int) ${AS_FINDINGS} $$
  BEGIN
    RETURN QUERY
    SELECT 'SEQ_GAP', jsonb_build_object('seq', q.seq, 'expected', q.before + 1)
      FROM (SELECT e.seq, lag(e.seq, 1, 0::bigint) OVER (ORDER BY e.seq) AS before
              FROM ledger.entry e WHERE e.book = p_book
            UNION ALL
            SELECT f.next_seq, coalesce((SELECT max(e.seq) FROM ledger.entry e WHERE e.book = p_book), 0)
              FROM ledger.fence f WHERE f.book = p_book) q
     WHERE q.seq <> q.before + 1;

    RETURN QUERY
    SELECT 'TIME_NOT_RISING', jsonb_build_object('seq', q.seq, 'recordedAt', q.recorded_at, 'before', q.before)
      FROM (SELECT e.seq, e.recorded_at, lag(e.recorded_at) OVER (ORDER BY e.seq) AS before
              FROM ledger.entry e WHERE e.book = p_book) q
     WHERE q.recorded_at <= q.before;

    RETURN QUERY
    SELECT 'ENTRY_UNBALANCED', jsonb_build_object('seq', p.seq, 'asset', p.asset, 'difference', sum(p.amount)::text)
      FROM ledger.posting p WHERE p.book = p_book
     GROUP BY p.seq, p.asset HAVING sum(p.amount) <> 0;

    RETURN QUERY
    SELECT 'ENTRY_NOT_WHOLE', jsonb_build_object('seq', coalesce(e.seq, q.seq), 'legs', e.legs, 'found', q.legs)
      FROM (SELECT e.seq, e.legs FROM ledger.entry e WHERE e.book = p_book) e
      FULL JOIN (SELECT p.seq, count(*) AS legs, max(p.leg) AS last, count(DISTINCT p.account) AS accounts
                   FROM ledger.posting p WHERE p.book = p_book GROUP BY p.seq) q ON q.seq = e.seq
     WHERE e.legs IS DISTINCT FROM q.legs OR q.last <> e.legs OR q.accounts <> e.legs;
  END $$`;

/** Accounts: every posting continues the one before, and the totals are the sums. */
const ACCOUNT_FINDINGS = `
  CREATE FUNCTION ledger.account_findings(p_book int) ${AS_FINDINGS} $$
  BEGIN
    RETURN QUERY
    SELECT CASE WHEN q.version <> q.version_before + 1 THEN 'VERSION_GAP'
                WHEN q.seq <= q.seq_before THEN 'VERSION_OUT_OF_ORDER'
                WHEN q.balance_after <> q.balance_before + x.side * q.amount THEN 'BALANCE_CHAIN_BROKEN'
                WHEN q.asset <> x.asset THEN 'ASSET_DIFFERS'
                ELSE 'FLOOR_BROKEN' END,
           jsonb_build_object('account', x.path, 'version', q.version, 'seq', q.seq)
      FROM (SELECT p.account, p.version, p.seq, p.asset, p.amount, p.balance_after,
                   lag(p.version, 1, 0::bigint) OVER w AS version_before,
                   lag(p.seq, 1, 0::bigint) OVER w AS seq_before,
                   lag(p.balance_after, 1, 0::bigint) OVER w AS balance_before
              FROM ledger.posting p WHERE p.book = p_book
            WINDOW w AS (PARTITION BY p.account ORDER BY p.version)) q
      JOIN ledger.account x ON x.book = p_book AND x.id = q.account
     WHERE q.version <> q.version_before + 1 OR q.seq <= q.seq_before
        OR q.balance_after <> q.balance_before + x.side * q.amount
        OR q.asset <> x.asset OR q.balance_after < x.floor;

    RETURN QUERY
    SELECT 'TOTALS_DIFFER', jsonb_build_object('account', coalesce(x.path, 'id ' || q.account), 'debits', x.debits::text,
             'credits', x.credits::text, 'version', x.version, 'postedDebits', q.debits::text,
             'postedCredits', q.credits::text, 'postings', q.postings)
      FROM (SELECT a.* FROM ledger.account a WHERE a.book = p_book) x
      FULL JOIN (SELECT p.account, count(*) AS postings,
                        coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0) AS debits,
                        coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0) AS credits
                   FROM ledger.posting p WHERE p.book = p_book GROUP BY p.account) q ON q.account = x.id
     WHERE x.id IS NULL OR x.debits <> coalesce(q.debits, 0) OR x.credits <> coalesce(q.credits, 0)
        OR x.version <> coalesce(q.postings, 0);

    RETURN QUERY
    SELECT 'TRIAL_BALANCE_OFF', jsonb_build_object('asset', s.code, 'debits', sum(x.debits)::text,
             'credits', sum(x.credits)::text)
      FROM ledger.account x JOIN ledger.asset s ON s.book = x.book AND s.id = x.asset
     WHERE x.book = p_book GROUP BY s.code HAVING sum(x.debits) <> sum(x.credits);
  END $$`;

/** Rules: kinds touch what they may, reversals stay within their originals, holds end once, a refused id stays refused. */
const RULE_FINDINGS = `
  CREATE FUNCTION ledger.rule_findings(p_book int) ${AS_FINDINGS} $$
  BEGIN
    RETURN QUERY
    SELECT 'ACCOUNT_TERMS_DIFFER', jsonb_build_object('account', x.path, 'kind', k.kind)
      FROM ledger.account x JOIN ledger.account_kind k ON k.id = x.kind
     WHERE x.book = p_book AND k.side IS NOT NULL
       AND (k.kind <> split_part(x.path, '/', 1) OR x.side <> k.side OR x.floor IS DISTINCT FROM k.floor);

    RETURN QUERY
    SELECT 'KIND_TOUCHES_TOO_MUCH', jsonb_build_object('kind', ek.kind, 'accountKind', ak.kind, 'postings', q.postings)
      FROM (SELECT e.kind AS entry_kind, x.kind AS account_kind, count(*) AS postings
              FROM ledger.entry e
              JOIN ledger.posting p ON p.book = e.book AND p.seq = e.seq
              JOIN ledger.account x ON x.book = p.book AND x.id = p.account
             WHERE e.book = p_book GROUP BY e.kind, x.kind) q
      JOIN ledger.account_kind ak ON ak.id = q.account_kind
      LEFT JOIN ledger.entry_kind ek ON ek.id = q.entry_kind
     WHERE ek.id IS NULL OR ak.kind <> ALL (ek.account_kinds);

    RETURN QUERY
    SELECT 'REVERSAL_EXCEEDS', jsonb_build_object('seq', q.original, 'account', x.path, 'amount', o.amount::text,
             'reversed', q.amount::text)
      FROM (SELECT e.reverses AS original, p.account, sum(p.amount) AS amount
              FROM ledger.entry e JOIN ledger.posting p ON p.book = e.book AND p.seq = e.seq
             WHERE e.book = p_book AND e.reverses IS NOT NULL GROUP BY e.reverses, p.account) q
      JOIN ledger.account x ON x.book = p_book AND x.id = q.account
      LEFT JOIN ledger.posting o ON o.book = p_book AND o.seq = q.original AND o.account = q.account
     WHERE o.amount IS NULL OR sign(o.amount) = sign(q.amount) OR abs(q.amount) > abs(o.amount);

    RETURN QUERY
    SELECT 'HOLD_WITHOUT_ENTRY', jsonb_build_object('hold', h.id, 'seq', h.seq, 'endedSeq', h.ended_seq)
      FROM ledger.hold h
      LEFT JOIN ledger.entry made ON made.book = h.book AND made.seq = h.seq AND made.id = h.id
      LEFT JOIN ledger.entry ending ON ending.book = h.book AND ending.seq = h.ended_seq AND ending.seq > h.seq
     WHERE h.book = p_book AND (made.seq IS NULL OR h.ended_seq IS NOT NULL AND ending.seq IS NULL);

    RETURN QUERY
    SELECT 'REFUSED_BUT_POSTED', jsonb_build_object('id', r.id, 'seq', e.seq)
      FROM ledger.refusal r JOIN ledger.entry e ON e.book = r.book AND e.id = r.id
     WHERE r.book = p_book;
  END $$`;

/** Twenty examples of each code are enough to start looking. */
const FINDINGS = `
  CREATE FUNCTION ledger.findings(p_book int) ${AS_FINDINGS} $$
  BEGIN
    RETURN QUERY
    SELECT q.code, q.facts
      FROM (SELECT f.code, f.facts, row_number() OVER (PARTITION BY f.code ORDER BY f.facts) AS example
              FROM (SELECT * FROM ledger.entry_findings(p_book)
                    UNION ALL SELECT * FROM ledger.account_findings(p_book)
                    UNION ALL SELECT * FROM ledger.rule_findings(p_book)) f) q
     WHERE q.example <= 20 ORDER BY q.code, q.example;
  END $$`;
