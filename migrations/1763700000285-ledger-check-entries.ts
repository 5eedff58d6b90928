import type { MigrationInterface, QueryRunner } from 'typeorm';

import { LedgerFindings1763700000260 } from './1763700000260-ledger-findings';

/**
 * Recomputes entries in slices of their numbers. Every check takes a slice, so that memory stays bounded however
 * large the book is, and what is new can be checked alone. The auditor may run them with nothing but psql.
 */
export class LedgerCheckEntries1763700000285 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.findings, ledger.entry_findings, ledger.account_findings, ledger.rule_findings`);
    for (const part of [FINDING, NUMBERS, WHOLE, POSTINGS, FLOORS, LINKS, ENTRIES]) await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${FUNCTIONS}`);
    await q.query(`DROP TYPE ledger.finding`);
    await q.query(`DROP INDEX ledger.event_floor_changed`);
    await new LedgerFindings1763700000260().up(q);
  }
}

const FUNCTIONS = `ledger.check_entries, ledger.check_numbers, ledger.check_whole, ledger.check_postings,
  ledger.check_floors, ledger.check_links`;

/** What is wrong (code) and where: the table, the row's key, the columns, what they should hold and what they do. */
const FINDING = `
  CREATE TYPE ledger.finding AS (
    code     text,
    relation text,
    key      jsonb,
    columns  text[],
    expected jsonb,
    found    jsonb
  );
  CREATE INDEX event_floor_changed ON ledger.event (book, no) WHERE type = 'floor-changed'`;

/** Stable: one snapshot each. A slice is read in the order of the disk and sorted in memory, never row by row. */
const AS_CHECK = `RETURNS SETOF ledger.finding
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
    SET work_mem = '64MB' SET random_page_cost = '1.1' SET jit = off
    SET max_parallel_workers_per_gather = 0 AS`;

/** On tables that were never looked at, the planner expects one row of a slice and would walk it once for each row. */
const AS_CHECK_BY_HASH = AS_CHECK.replace(' AS', ' SET enable_nestloop = off AS');

/** Entries are numbered without gaps and recorded ever later. */
const NUMBERS = `
  CREATE FUNCTION ledger.check_numbers(p_book int, p_from bigint, p_to bigint) ${AS_CHECK} $$
  DECLARE last_seq bigint;
  BEGIN
    RETURN QUERY
    SELECT 'SEQ_GAP', 'entry', jsonb_build_object('seq', q.before + 1), '{seq}'::text[],
           jsonb_build_object('seq', q.before + 1), jsonb_build_object('seq', q.seq)
      FROM (SELECT e.seq, lag(e.seq, 1, p_from - 1) OVER (ORDER BY e.seq) AS before
              FROM ledger.entry e WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to) q
     WHERE q.seq <> q.before + 1;

    SELECT max(e.seq) INTO last_seq FROM ledger.entry e WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to;
    IF coalesce(last_seq, p_from - 1) < p_to THEN
      RETURN QUERY
      SELECT 'SEQ_GAP', 'entry', jsonb_build_object('seq', coalesce(last_seq + 1, p_from)), '{seq}'::text[],
             jsonb_build_object('seq', coalesce(last_seq + 1, p_from)), NULL::jsonb;
    END IF;

    RETURN QUERY
    SELECT 'TIME_NOT_RISING', 'entry', jsonb_build_object('seq', q.seq), '{recorded_at}'::text[],
           jsonb_build_object('after', q.before), jsonb_build_object('recorded_at', q.recorded_at)
      FROM (SELECT e.seq, e.recorded_at, lag(e.recorded_at) OVER (ORDER BY e.seq) AS before
              FROM ledger.entry e WHERE e.book = p_book AND e.seq BETWEEN p_from - 1 AND p_to) q
     WHERE q.recorded_at <= q.before;
  END $$`;

/** An entry has its legs, numbered from 1, on accounts of its own, effective when it is, summing to zero per asset. */
const WHOLE = `
  CREATE FUNCTION ledger.check_whole(p_book int, p_from bigint, p_to bigint) ${AS_CHECK_BY_HASH} $$
  BEGIN
    RETURN QUERY
    SELECT CASE WHEN e.seq IS NULL THEN 'ENTRY_MISSING'
                WHEN q.legs IS DISTINCT FROM e.legs OR q.first <> 1 OR q.last <> e.legs THEN 'ENTRY_NOT_WHOLE'
                WHEN q.total <> 0 OR e.legs = 2 AND q.asset0 <> q.asset1 THEN 'ENTRY_UNBALANCED'
                WHEN e.legs = 2 AND q.account0 = q.account1 THEN 'ACCOUNT_TWICE'
                ELSE 'EFFECTIVE_TIME_DIFFERS' END,
           'posting', jsonb_build_object('seq', coalesce(e.seq, q.seq)), '{seq,leg,asset,amount,effective_at}'::text[],
           jsonb_build_object('legs', e.legs, 'sum', '0', 'effective_at', e.effective_at),
           jsonb_build_object('legs', q.legs, 'from', q.first, 'to', q.last, 'sum', q.total::text,
                              'effective_at', CASE WHEN q.at0 <> e.effective_at THEN q.at0 ELSE q.at1 END)
      FROM (SELECT e.seq, e.legs, e.effective_at FROM ledger.entry e
             WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to) e
      FULL JOIN (SELECT p.seq, count(*) AS legs, min(p.leg) AS first, max(p.leg) AS last, sum(p.amount) AS total,
                        min(p.asset) AS asset0, max(p.asset) AS asset1,
                        min(p.account) AS account0, max(p.account) AS account1,
                        min(p.effective_at) AS at0, max(p.effective_at) AS at1
                   FROM ledger.posting p WHERE p.book = p_book AND p.seq BETWEEN p_from AND p_to
                  GROUP BY p.seq) q ON q.seq = e.seq
     WHERE e.seq IS NULL OR q.legs IS DISTINCT FROM e.legs OR q.first <> 1 OR q.last <> e.legs OR q.total <> 0
        OR q.at0 <> e.effective_at OR q.at1 <> e.effective_at
        OR e.legs = 2 AND (q.asset0 <> q.asset1 OR q.account0 = q.account1);

    RETURN QUERY
    SELECT CASE WHEN q.total <> 0 THEN 'ENTRY_UNBALANCED' ELSE 'ACCOUNT_TWICE' END, 'posting',
           jsonb_build_object('seq', q.seq, 'asset', coalesce(s.code, 'id ' || q.asset)),
           CASE WHEN q.total <> 0 THEN '{asset,amount}'::text[] ELSE '{account}' END,
           jsonb_build_object('sum', '0', 'accounts', q.legs), jsonb_build_object('sum', q.total::text, 'accounts', q.accounts)
      FROM (SELECT p.seq, p.asset, sum(p.amount) AS total, count(*) AS legs, count(DISTINCT p.account) AS accounts
              FROM ledger.entry e JOIN ledger.posting p ON p.book = e.book AND p.seq = e.seq
             WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to AND e.legs > 2
               AND p.book = p_book AND p.seq BETWEEN p_from AND p_to
             GROUP BY p.seq, p.asset HAVING sum(p.amount) <> 0 OR count(DISTINCT p.account) < count(*)) q
      LEFT JOIN ledger.asset s ON s.book = p_book AND s.id = q.asset;
  END $$`;

/** A posting is on an account that was open then, in the account's asset, of a kind that the entry's kind may touch. */
const POSTINGS = `
  CREATE FUNCTION ledger.check_postings(p_book int, p_from bigint, p_to bigint) ${AS_CHECK_BY_HASH} $$
  DECLARE moved CONSTANT bigint[] := ARRAY(
    SELECT DISTINCT v.subject FROM ledger.event v WHERE v.book = p_book AND v.type = 'floor-changed');
  BEGIN
    RETURN QUERY
    WITH allowed AS MATERIALIZED (
      SELECT e.id AS entry_kind, a.id AS account_kind
        FROM ledger.entry_kind e JOIN ledger.account_kind a ON a.kind = ANY (e.account_kinds))
    SELECT w.code, 'posting', jsonb_build_object('seq', p.seq, 'leg', p.leg,
                                                 'account', coalesce(x.path, 'id ' || p.account), 'version', p.version),
           w.columns, w.expected, w.found
      FROM ledger.posting p
      JOIN ledger.entry e ON e.book = p.book AND e.seq = p.seq
      LEFT JOIN ledger.account x ON x.book = p_book AND x.id = p.account
      LEFT JOIN allowed k ON k.entry_kind = e.kind AND k.account_kind = x.kind
      CROSS JOIN LATERAL (
        SELECT 'ACCOUNT_MISSING' AS code, '{account}'::text[] AS columns, NULL::jsonb AS expected,
               to_jsonb(p.account) AS found WHERE x.id IS NULL
        UNION ALL
        SELECT 'ASSET_DIFFERS', '{asset}', to_jsonb(x.asset), to_jsonb(p.asset) WHERE x.asset <> p.asset
        UNION ALL
        SELECT 'KIND_TOUCHES_TOO_MUCH', '{account}',
               (SELECT jsonb_build_object('kind', i.kind, 'account_kinds', i.account_kinds)
                  FROM ledger.entry_kind i WHERE i.id = e.kind),
               (SELECT to_jsonb(i.kind) FROM ledger.account_kind i WHERE i.id = x.kind)
         WHERE x.id IS NOT NULL AND k.entry_kind IS NULL
        UNION ALL
        SELECT 'FLOOR_BROKEN', '{balance_after}', to_jsonb(x.floor::text), to_jsonb(p.balance_after::text)
         WHERE p.balance_after < x.floor AND p.account <> ALL (moved)
        UNION ALL
        SELECT 'ACCOUNT_NOT_OPEN', '{account}',
               jsonb_build_object('opened_at', x.opened_at, 'closed_at', x.closed_at),
               jsonb_build_object('recorded_at', e.recorded_at)
         WHERE x.opened_at > e.recorded_at OR x.closed_at < e.recorded_at) w
     WHERE p.book = p_book AND p.seq BETWEEN p_from AND p_to AND e.book = p_book AND e.seq BETWEEN p_from AND p_to
       AND (x.id IS NULL OR k.entry_kind IS NULL OR x.asset <> p.asset OR p.balance_after < x.floor
            OR x.opened_at > e.recorded_at OR x.closed_at < e.recorded_at);
  END $$`;

/** Where a floor was changed, each posting is held against the floor of its time. */
const FLOORS = `
  CREATE FUNCTION ledger.check_floors(p_book int, p_from bigint, p_to bigint) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    WITH moved AS (
      SELECT DISTINCT v.subject AS account, v.facts ->> 'account' AS path, v.facts ->> 'asset' AS asset
        FROM ledger.event v WHERE v.book = p_book AND v.type = 'floor-changed'
    ), floor AS (
      SELECT m.account, m.path, v.at AS since, lead(v.at, 1, 'infinity') OVER (PARTITION BY m.account ORDER BY v.no) AS until,
             (v.facts ->> 'floor')::bigint AS floor
        FROM moved m
        JOIN ledger.event v ON v.book = p_book AND v.type IN ('account-opened', 'floor-changed')
                           AND v.facts ->> 'account' = m.path AND v.facts ->> 'asset' = m.asset)
    SELECT 'FLOOR_BROKEN', 'posting',
           jsonb_build_object('seq', p.seq, 'leg', p.leg, 'account', f.path, 'version', p.version),
           '{balance_after}'::text[], to_jsonb(f.floor::text), to_jsonb(p.balance_after::text)
      FROM floor f
      JOIN ledger.posting p ON p.book = p_book AND p.account = f.account AND p.balance_after < f.floor
      JOIN ledger.entry e ON e.book = p.book AND e.seq = p.seq
     WHERE p.seq BETWEEN p_from AND p_to AND e.recorded_at >= f.since AND e.recorded_at < f.until;
  END $$`;

/** What an entry takes back or steps on is there, and no entry is effective in a period that was closed by then. */
const LINKS = `
  CREATE FUNCTION ledger.check_links(p_book int, p_from bigint, p_to bigint) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    SELECT 'REVERSAL_OF_NOTHING', 'entry', jsonb_build_object('seq', e.seq), '{reverses}'::text[],
           NULL::jsonb, to_jsonb(e.reverses)
      FROM ledger.entry e
      LEFT JOIN LATERAL (SELECT o.seq, o.reverses FROM ledger.entry o
                          WHERE o.book = p_book AND o.seq = e.reverses OFFSET 0) o ON true
     WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to AND e.reverses IS NOT NULL
       AND (o.seq IS NULL OR o.seq >= e.seq OR o.reverses IS NOT NULL);

    RETURN QUERY
    SELECT 'REVERSAL_EXCEEDS', 'posting',
           jsonb_build_object('seq', q.original, 'account', coalesce(x.path, 'id ' || q.account)), '{amount}'::text[],
           jsonb_build_object('amount', o.amount::text), jsonb_build_object('reversed', q.amount::text)
      FROM (SELECT r.original, p.account, sum(p.amount) AS amount
              FROM (SELECT DISTINCT e.reverses AS original FROM ledger.entry e
                     WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to AND e.reverses IS NOT NULL) r
             CROSS JOIN LATERAL (SELECT e.seq FROM ledger.entry e
                                  WHERE e.book = p_book AND e.reverses = r.original OFFSET 0) b
             CROSS JOIN LATERAL (SELECT p.account, p.amount FROM ledger.posting p
                                  WHERE p.book = p_book AND p.seq = b.seq OFFSET 0) p
             GROUP BY r.original, p.account) q
      LEFT JOIN LATERAL (SELECT o.amount FROM ledger.posting o
                          WHERE o.book = p_book AND o.seq = q.original AND o.account = q.account OFFSET 0) o ON true
      LEFT JOIN ledger.account x ON x.book = p_book AND x.id = q.account
     WHERE o.amount IS NULL OR sign(o.amount) = sign(q.amount) OR abs(q.amount) > abs(o.amount);

    RETURN QUERY
    SELECT 'HOLD_STEP_MISSING', 'hold_step', jsonb_build_object('hold', e.hold, 'seq', e.seq), '{hold,seq,as}'::text[],
           to_jsonb(e.hold_as), to_jsonb(s."as")
      FROM ledger.entry e
      LEFT JOIN LATERAL (SELECT s."as" FROM ledger.hold_step s
                          WHERE s.book = p_book AND s.hold = e.hold AND s.seq = e.seq OFFSET 0) s ON true
     WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to AND e.hold IS NOT NULL
       AND s."as" IS DISTINCT FROM e.hold_as;

    RETURN QUERY
    SELECT 'PERIOD_ENTERED', 'entry', jsonb_build_object('seq', e.seq), '{effective_at,recorded_at}'::text[],
           jsonb_build_object('period', d.no, 'endsAt', d.ends_at, 'closedAt', d.closed_at, 'reopenedAt', d.reopened_at),
           jsonb_build_object('effective_at', e.effective_at, 'recorded_at', e.recorded_at)
      FROM ledger.period d
      JOIN ledger.entry e ON e.book = p_book AND e.seq BETWEEN p_from AND p_to
                         AND e.effective_at <= d.ends_at AND e.recorded_at > d.closed_at
                         AND e.recorded_at < coalesce(d.reopened_at, 'infinity')
     WHERE d.book = p_book
       -- Only a period that was closed at some moment of the slice can have been entered by it.
       AND d.closed_at < (SELECT max(e.recorded_at) FROM ledger.entry e
                           WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to)
       AND d.ends_at >= (SELECT min(e.effective_at) FROM ledger.entry e
                          WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to);
  END $$`;

const ENTRIES = `
  CREATE FUNCTION ledger.check_entries(p_book int, p_from bigint, p_to bigint) RETURNS SETOF ledger.finding
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF p_to < p_from THEN RETURN; END IF;
    RETURN QUERY SELECT * FROM ledger.check_numbers(p_book, p_from, p_to);
    RETURN QUERY SELECT * FROM ledger.check_whole(p_book, p_from, p_to);
    RETURN QUERY SELECT * FROM ledger.check_postings(p_book, p_from, p_to);
    RETURN QUERY SELECT * FROM ledger.check_floors(p_book, p_from, p_to);
    RETURN QUERY SELECT * FROM ledger.check_links(p_book, p_from, p_to);
  END $$`;
