import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recomputes holds from what was put aside and taken out, and closed periods from what was effective by their end. */
export class LedgerCheckHolds1763700000288 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [HOLDS, HOLDS_OF_NEW, HOLD_STEPS, PERIODS]) await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${FUNCTIONS}, ledger.hold_state TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${FUNCTIONS}`);
  }
}

const FUNCTIONS = `ledger.check_holds, ledger.check_holds_of_new, ledger.check_hold_steps, ledger.check_periods`;

const AS_CHECK = `RETURNS SETOF ledger.finding
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
    SET work_mem = '64MB' SET random_page_cost = '1.1' SET jit = off
    SET max_parallel_workers_per_gather = 0 AS`;

/** Few rows of large tables: each is looked up. What was looked up is joined by hash, whatever the planner expects. */
const AS_CHECK_OF_HOLDS = AS_CHECK.replace(' AS', ' SET enable_nestloop = off AS');

/** A hold was made by its entry; what its steps took is not more than it had; and it ended when nothing was left. */
const holdsOf = (holds: string) => `
  BEGIN
    RETURN QUERY
    WITH hold AS MATERIALIZED (
      SELECT h.* FROM ledger.hold h
       WHERE h.book = p_book AND ${holds}
    ), step AS MATERIALIZED (
      SELECT h.id, s.seq, s."as"
        FROM hold h CROSS JOIN LATERAL (SELECT s.seq, s."as" FROM ledger.hold_step s
                                         WHERE s.book = p_book AND s.hold = h.id OFFSET 0) s
    ), kept AS (
      SELECT h.id, p.account, -p.amount AS amount
        FROM hold h CROSS JOIN LATERAL (SELECT p.account, p.amount FROM ledger.posting p
                                         WHERE p.book = p_book AND p.seq = h.seq AND p.amount < 0 OFFSET 0) p
    ), taken AS (
      SELECT s.id, p.account, sum(p.amount) AS amount
        FROM step s CROSS JOIN LATERAL (SELECT p.account, p.amount FROM ledger.posting p
                                         WHERE p.book = p_book AND p.seq = s.seq OFFSET 0) p
       GROUP BY s.id, p.account
    ), remaining AS (
      SELECT k.id, min(k.amount - coalesce(t.amount, 0)) AS least, max(k.amount - coalesce(t.amount, 0)) AS most
        FROM kept k LEFT JOIN taken t ON t.id = k.id AND t.account = k.account GROUP BY k.id
    ), ending AS (
      SELECT s.id, max(s.seq) AS seq, ledger.hold_state(array_agg(s."as" ORDER BY s.seq)) AS state
        FROM step s GROUP BY s.id)
    SELECT w.code, 'hold', jsonb_build_object('hold', h.id), w.columns, w.expected, w.found
      FROM hold h
      LEFT JOIN LATERAL (SELECT e.id FROM ledger.entry e WHERE e.book = p_book AND e.seq = h.seq OFFSET 0) made ON true
      LEFT JOIN remaining r ON r.id = h.id
      LEFT JOIN ending n ON n.id = h.id AND r.most <= 0
     CROSS JOIN LATERAL (
        SELECT 'HOLD_WITHOUT_ENTRY' AS code, '{id,seq}'::text[] AS columns,
               jsonb_build_object('id', h.id, 'seq', h.seq) AS expected, to_jsonb(made.id) AS found
         WHERE made.id IS DISTINCT FROM h.id
        UNION ALL
        SELECT 'HOLD_OVERDRAWN', '{id}', to_jsonb(0), to_jsonb(r.least::text) WHERE r.least < 0
        UNION ALL
        SELECT 'HOLD_STATE_DIFFERS', '{state,ended_seq}',
               jsonb_build_object('state', coalesce(n.state, 'held'), 'ended_seq', n.seq),
               jsonb_build_object('state', h.state, 'ended_seq', h.ended_seq)
         WHERE h.state <> coalesce(n.state, 'held') OR h.ended_seq IS DISTINCT FROM n.seq) w;
  END`;

const HOLDS = `
  CREATE FUNCTION ledger.check_holds(p_book int, p_part int, p_parts int) ${AS_CHECK_OF_HOLDS} $$
  ${holdsOf('(uuid_hash(h.id) & 2147483647) % p_parts = p_part')} $$`;

/** Only holds that a stretch of entries made or stepped on. */
const HOLDS_OF_NEW = `
  CREATE FUNCTION ledger.check_holds_of_new(p_book int, p_from bigint, p_to bigint) ${AS_CHECK_OF_HOLDS} $$
  DECLARE
    holds CONSTANT uuid[] := ARRAY(
      SELECT coalesce(e.hold, e.id) FROM ledger.entry e
       WHERE e.book = p_book AND e.seq BETWEEN p_from AND p_to);
  ${holdsOf('h.id = ANY (holds)')} $$`;

/** A step is an entry that says so, of a kind that the hold's owner has, and an expiry came in its time. */
const HOLD_STEPS = `
  CREATE FUNCTION ledger.check_hold_steps(p_book int, p_part int, p_parts int) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    SELECT 'HOLD_STEP_WRONG', 'hold_step', jsonb_build_object('hold', s.hold, 'seq', s.seq), '{hold,seq,as}'::text[],
           jsonb_build_object('hold', e.hold, 'as', e.hold_as, 'owner', h.owner, 'after', h.seq,
                              'expires_at', h.expires_at),
           jsonb_build_object('hold', s.hold, 'as', s."as", 'owner', k.owner, 'recorded_at', e.recorded_at)
      FROM ledger.hold_step s
      LEFT JOIN ledger.entry e ON e.book = p_book AND e.seq = s.seq
      LEFT JOIN ledger.entry_kind k ON k.id = e.kind
      LEFT JOIN ledger.hold h ON h.book = p_book AND h.id = s.hold
     WHERE s.book = p_book AND (uuid_hash(s.hold) & 2147483647) % p_parts = p_part
       AND (e.hold IS DISTINCT FROM s.hold OR e.hold_as IS DISTINCT FROM s."as" OR h.id IS NULL OR s.seq <= h.seq
            OR k.owner IS DISTINCT FROM h.owner OR s."as" = 'expire' AND e.recorded_at < h.expires_at);
  END $$`;

/** Periods are what their events say, end one after the other, and keep the balances that their digest is of. */
const PERIODS = `
  CREATE FUNCTION ledger.check_periods(p_book int) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    WITH told AS (
      SELECT (v.facts ->> 'period')::bigint AS no,
             jsonb_build_object(
               'ends_at', (min(v.facts ->> 'endsAt') FILTER (WHERE v.type = 'period-closed'))::timestamptz,
               'trial_balance', min(v.facts ->> 'trialBalance') FILTER (WHERE v.type = 'period-closed'),
               'closed_at', min(v.at) FILTER (WHERE v.type = 'period-closed'),
               'closed_by', min(v.actor) FILTER (WHERE v.type = 'period-closed'),
               'asked_at', max(v.at) FILTER (WHERE v.type = 'period-reopening-asked'),
               'asked_by', (array_agg(v.actor ORDER BY v.no DESC) FILTER (WHERE v.type = 'period-reopening-asked'))[1],
               'reopened_at', min(v.at) FILTER (WHERE v.type = 'period-reopened'),
               'reopened_by', min(v.actor) FILTER (WHERE v.type = 'period-reopened')) AS terms
        FROM ledger.event v WHERE v.book = p_book AND v.type LIKE 'period-%' GROUP BY 1
    ), kept AS (
      SELECT d.no, jsonb_build_object('ends_at', d.ends_at, 'trial_balance', encode(d.trial_balance, 'hex'),
               'closed_at', d.closed_at, 'closed_by', d.closed_by, 'asked_at', d.asked_at, 'asked_by', d.asked_by,
               'reopened_at', d.reopened_at, 'reopened_by', d.reopened_by) AS terms
        FROM ledger.period d WHERE d.book = p_book)
    SELECT CASE WHEN t.terms IS NULL THEN 'EVENT_MISSING' WHEN k.terms IS NULL THEN 'ROW_MISSING' ELSE 'TERMS_DIFFER' END,
           'period', jsonb_build_object('no', coalesce(t.no, k.no)), '{*}'::text[], t.terms, k.terms
      FROM told t FULL JOIN kept k ON k.no = t.no
     WHERE t.terms IS DISTINCT FROM k.terms;

    RETURN QUERY
    SELECT 'PERIOD_DIGEST_DIFFERS', 'period_balance', jsonb_build_object('period', d.no), '{*}'::text[],
           to_jsonb(encode(d.trial_balance, 'hex')), to_jsonb(encode(ledger.trial_balance_digest(p_book, d.no), 'hex'))
      FROM ledger.period d
     WHERE d.book = p_book AND d.trial_balance IS DISTINCT FROM ledger.trial_balance_digest(p_book, d.no);

    RETURN QUERY
    SELECT 'PERIOD_OUT_OF_ORDER', 'period', jsonb_build_object('no', q.no), '{no,ends_at,state}'::text[],
           jsonb_build_object('no', q.before + 1, 'after', q.closed_until), jsonb_build_object('no', q.no, 'ends_at', q.ends_at)
      FROM (SELECT d.no, d.ends_at, d.closed_at, lag(d.no, 1, 0::bigint) OVER (ORDER BY d.no) AS before,
                   (SELECT max(o.ends_at) FROM ledger.period o
                     WHERE o.book = p_book AND o.no < d.no AND coalesce(o.reopened_at, 'infinity') > d.closed_at)
                     AS closed_until
              FROM ledger.period d WHERE d.book = p_book) q
     WHERE q.no <> q.before + 1 OR q.ends_at <= q.closed_until OR q.ends_at > q.closed_at;
  END $$`;
