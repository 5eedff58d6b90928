import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holds what was told against what stands: events, terms of assets, kinds and accounts, the fence, refusals. */
export class LedgerCheckTerms1763700000287 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [EVENTS, TERMS, ACCOUNT_TERMS, ACCOUNT_TERMS_OF_NEW, FENCE, REFUSALS])
      await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${FUNCTIONS}`);
  }
}

const FUNCTIONS = `ledger.check_events, ledger.check_terms, ledger.check_account_terms,
  ledger.check_account_terms_of_new, ledger.check_fence, ledger.check_refusals`;

const AS_CHECK = `RETURNS SETOF ledger.finding
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
    SET work_mem = '64MB' SET random_page_cost = '1.1' SET jit = off
    SET max_parallel_workers_per_gather = 0 AS`;

/** Events are numbered without gaps and never earlier than the one before. */
const EVENTS = `
  CREATE FUNCTION ledger.check_events(p_book int, p_from bigint, p_to bigint) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    SELECT CASE WHEN q.no <> q.before + 1 THEN 'EVENT_GAP' ELSE 'TIME_NOT_RISING' END, 'event',
           jsonb_build_object('no', q.before + 1), CASE WHEN q.no <> q.before + 1 THEN '{no}'::text[] ELSE '{at}' END,
           jsonb_build_object('no', q.before + 1, 'from', q.at_before), jsonb_build_object('no', q.no, 'at', q.at)
      FROM (SELECT v.no, v.at, lag(v.no, 1, p_from - 1) OVER (ORDER BY v.no) AS before,
                   lag(v.at) OVER (ORDER BY v.no) AS at_before
              FROM ledger.event v WHERE v.book = p_book AND v.no BETWEEN p_from - 1 AND p_to) q
     WHERE q.no >= p_from AND (q.no <> q.before + 1 OR q.at < q.at_before);
    RETURN QUERY
    SELECT 'EVENT_SUBJECT_DIFFERS', 'event', jsonb_build_object('no', v.no), '{subject}'::text[], NULL::jsonb,
           to_jsonb(v.subject)
      FROM ledger.event v
     WHERE v.book = p_book AND v.no BETWEEN p_from AND p_to AND (v.subject IS NULL) <> (v.type LIKE 'period-%');
    IF p_to >= p_from AND NOT EXISTS (SELECT FROM ledger.event v WHERE v.book = p_book AND v.no = p_to) THEN
      RETURN QUERY SELECT 'EVENT_GAP', 'event', jsonb_build_object('no', p_to), '{no}'::text[], to_jsonb(p_to), NULL::jsonb;
    END IF;
  END $$`;

/** Assets and kinds are what their last event says, and there is none without. */
const TERMS = `
  CREATE FUNCTION ledger.check_terms(p_book int) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    WITH told AS (
      SELECT CASE WHEN v.type = 'asset-opened' THEN 'asset' ELSE v.facts ->> 'table' END AS relation,
             coalesce(v.facts ->> 'kind', v.facts ->> 'asset') AS name,
             (array_agg(v.facts ORDER BY v.no DESC))[1]
               || jsonb_build_object('id', CASE WHEN min(v.subject) = max(v.subject) THEN min(v.subject) END) AS terms
        FROM ledger.event v WHERE v.book = p_book AND v.type IN ('asset-opened', 'kind-known') GROUP BY 1, 2
    ), kept AS (
      SELECT 'asset' AS relation, s.code AS name,
             jsonb_build_object('asset', s.code, 'unit', s.unit, 'scale', s.scale, 'id', s.id) AS terms
        FROM ledger.asset s WHERE s.book = p_book
      UNION ALL
      SELECT 'account_kind', k.kind, jsonb_build_object('table', 'account_kind', 'kind', k.kind, 'owner', k.owner,
               'side', k.side, 'floor', k.floor::text, 'id', k.id)
        FROM ledger.account_kind k
      UNION ALL
      SELECT 'entry_kind', k.kind, jsonb_build_object('table', 'entry_kind', 'kind', k.kind, 'owner', k.owner,
               'open', k.open, 'account_kinds', k.account_kinds,
               'may_backdate_below_floor', k.may_backdate_below_floor, 'id', k.id)
        FROM ledger.entry_kind k)
    SELECT CASE WHEN t.terms IS NULL THEN 'EVENT_MISSING' WHEN k.terms IS NULL THEN 'ROW_MISSING' ELSE 'TERMS_DIFFER' END,
           coalesce(t.relation, k.relation), jsonb_build_object('name', coalesce(t.name, k.name)), '{*}'::text[],
           t.terms, k.terms
      FROM told t FULL JOIN kept k ON k.relation = t.relation AND k.name = t.name
     WHERE t.terms IS DISTINCT FROM k.terms;

    RETURN QUERY
    SELECT 'EVENT_UNKNOWN', 'event', jsonb_build_object('no', v.no), '{type}'::text[], NULL::jsonb, to_jsonb(v.type)
      FROM ledger.event v
     WHERE v.book = p_book
       AND v.type NOT IN ('asset-opened', 'account-opened', 'account-closed', 'floor-changed', 'kind-known',
                          'period-closed', 'period-reopening-asked', 'period-reopened');
  END $$`;

/** An account of a domain kind has its kind's terms and at least one posting; an open one has those of its events. */
const accountTermsOf = (accounts: string, events: string) => `
  BEGIN
    RETURN QUERY
    SELECT 'TERMS_DIFFER', 'account', jsonb_build_object('account', x.path, 'asset', s.code),
           '{path,asset,kind,side,floor,version,closed_at}'::text[],
           jsonb_build_object('kind', split_part(x.path, '/', 1), 'side', k.side, 'floor', k.floor::text, 'closed_at', NULL),
           jsonb_build_object('kind', k.kind, 'side', x.side, 'floor', x.floor::text, 'version', x.version,
                              'closed_at', x.closed_at)
      FROM ledger.account x
      LEFT JOIN ledger.account_kind k ON k.id = x.kind
      LEFT JOIN ledger.asset s ON s.book = p_book AND s.id = x.asset
     WHERE x.book = p_book AND ${accounts}
       AND (k.id IS NULL OR s.id IS NULL
            OR k.side IS NOT NULL AND (k.kind <> split_part(x.path, '/', 1) OR x.side <> k.side
               OR x.floor IS DISTINCT FROM k.floor OR x.version < 1 OR x.closed_at IS NOT NULL));

    RETURN QUERY
    WITH told AS (
      SELECT v.facts ->> 'account' AS path, v.facts ->> 'asset' AS asset,
             jsonb_build_object(
               'id', CASE WHEN min(v.subject) = max(v.subject) AND count(v.subject) = count(*) THEN min(v.subject) END,
               'opened', count(*) FILTER (WHERE v.type = 'account-opened'),
               'opened_at', min(v.at) FILTER (WHERE v.type = 'account-opened'),
               'side', min(v.facts ->> 'side') FILTER (WHERE v.type = 'account-opened'),
               'floor', (array_agg(v.facts ->> 'floor' ORDER BY v.no DESC) FILTER (WHERE v.type <> 'account-closed'))[1],
               'closed', count(*) FILTER (WHERE v.type = 'account-closed'),
               'closed_at', min(v.at) FILTER (WHERE v.type = 'account-closed')) AS terms
        FROM ledger.event v
       WHERE v.book = p_book AND v.type IN ('account-opened', 'account-closed', 'floor-changed') AND ${events}
       GROUP BY 1, 2
    ), kept AS (
      SELECT x.path::text AS path, s.code AS asset,
             jsonb_build_object('id', x.id, 'opened', 1, 'opened_at', x.opened_at, 'side', x.side::text,
               'floor', x.floor::text, 'closed', CASE WHEN x.closed_at IS NULL THEN 0 ELSE 1 END,
               'closed_at', x.closed_at) AS terms
        FROM ledger.account x
        JOIN ledger.account_kind k ON k.id = x.kind AND k.side IS NULL
        LEFT JOIN ledger.asset s ON s.book = p_book AND s.id = x.asset
       WHERE x.book = p_book AND ${accounts})
    SELECT CASE WHEN t.terms IS NULL THEN 'EVENT_MISSING' WHEN k.terms IS NULL THEN 'ROW_MISSING' ELSE 'TERMS_DIFFER' END,
           'account', jsonb_build_object('account', coalesce(t.path, k.path), 'asset', coalesce(t.asset, k.asset)),
           '{id,path,asset,kind,side,floor,opened_at,closed_at}'::text[], t.terms, k.terms
      FROM told t FULL JOIN kept k ON k.path = t.path AND k.asset = t.asset
     WHERE t.terms IS DISTINCT FROM k.terms;
  END`;

/** Slices are by the hash of the path, which accounts and events both have. */
const ACCOUNT_TERMS = `
  CREATE FUNCTION ledger.check_account_terms(p_book int, p_part int, p_parts int) ${AS_CHECK} $$
  ${accountTermsOf(
    '(hashtext(x.path) & 2147483647) % p_parts = p_part',
    "(hashtext(v.facts ->> 'account') & 2147483647) % p_parts = p_part",
  )} $$`;

/** Only accounts that a stretch of entries touched first or a stretch of events speaks of. */
const ACCOUNT_TERMS_OF_NEW = `
  CREATE FUNCTION ledger.check_account_terms_of_new(p_book int, p_from bigint, p_to bigint, p_first_event bigint,
    p_last_event bigint) ${AS_CHECK} $$
  DECLARE
    accounts CONSTANT bigint[] := ARRAY(
      SELECT p.account FROM ledger.posting p
       WHERE p.book = p_book AND p.seq BETWEEN p_from AND p_to AND p.version = 1
      UNION
      SELECT v.subject FROM ledger.event v
       WHERE v.book = p_book AND v.no BETWEEN p_first_event AND p_last_event
         AND v.type IN ('account-opened', 'account-closed', 'floor-changed'));
  ${accountTermsOf('x.id = ANY (accounts)', 'v.subject = ANY (accounts)')} $$`;

/** The fence stands right behind the last of everything, and nothing has a number before the first. */
const FENCE = `
  CREATE FUNCTION ledger.check_fence(p_book int) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    SELECT 'FENCE_DIFFERS', 'fence', jsonb_build_object('book', p_book),
           '{next_seq,next_refusal,next_event,recorded_at,closed_until}'::text[], q.expected, q.found
      FROM (
        SELECT jsonb_build_object('next_seq', coalesce(e.seq, 0) + 1, 'next_refusal', coalesce(r.no, 0) + 1,
                 'next_event', coalesce(v.no, 0) + 1,
                 'recorded_at', greatest(e.recorded_at, r.decided_at, v.at, '-infinity'),
                 'closed_until', coalesce((SELECT max(d.ends_at) FROM ledger.period d
                                            WHERE d.book = p_book AND d.state = 'closed'), '-infinity')) AS expected,
               (SELECT jsonb_build_object('next_seq', f.next_seq, 'next_refusal', f.next_refusal,
                         'next_event', f.next_event, 'recorded_at', f.recorded_at, 'closed_until', f.closed_until)
                  FROM ledger.fence f WHERE f.book = p_book) AS found
          FROM (SELECT 1) one
          LEFT JOIN (SELECT e.seq, e.recorded_at FROM ledger.entry e WHERE e.book = p_book
                      ORDER BY e.seq DESC LIMIT 1) e ON true
          LEFT JOIN (SELECT r.no, r.decided_at FROM ledger.refusal r WHERE r.book = p_book
                      ORDER BY r.no DESC LIMIT 1) r ON true
          LEFT JOIN (SELECT v.no, v.at FROM ledger.event v WHERE v.book = p_book
                      ORDER BY v.no DESC LIMIT 1) v ON true) q
     WHERE q.expected IS DISTINCT FROM q.found;

    -- Slices go from the first number to the last entry's: what lies outside them belongs to nothing.
    RETURN QUERY
    SELECT 'NUMBER_OUTSIDE', 'posting', jsonb_build_object('seq', p.seq, 'leg', p.leg), '{seq}'::text[],
           jsonb_build_object('from', 1, 'to', q.last), to_jsonb(p.seq)
      FROM (SELECT coalesce(max(e.seq), 0) AS last FROM ledger.entry e WHERE e.book = p_book) q
     CROSS JOIN LATERAL (
        SELECT p.seq, p.leg FROM ledger.posting p WHERE p.book = p_book AND p.seq < 1
        UNION ALL
        SELECT p.seq, p.leg FROM ledger.posting p WHERE p.book = p_book AND p.seq > q.last) p;
    RETURN QUERY
    SELECT 'NUMBER_OUTSIDE', 'refusal', jsonb_build_object('no', r.no), '{no}'::text[], jsonb_build_object('from', 1),
           to_jsonb(r.no)
      FROM ledger.refusal r WHERE r.book = p_book AND r.no < 1;
  END $$`;

/** Refusals are numbered without gaps and never earlier than the one before; what was refused was not posted. */
const REFUSALS = `
  CREATE FUNCTION ledger.check_refusals(p_book int, p_from bigint, p_to bigint) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    SELECT CASE WHEN q.no <> q.before + 1 THEN 'REFUSAL_GAP' ELSE 'TIME_NOT_RISING' END, 'refusal',
           jsonb_build_object('no', q.before + 1),
           CASE WHEN q.no <> q.before + 1 THEN '{no}'::text[] ELSE '{decided_at}' END,
           jsonb_build_object('no', q.before + 1, 'from', q.at_before), jsonb_build_object('no', q.no, 'at', q.at)
      FROM (SELECT r.no, r.decided_at AS at, lag(r.no, 1, p_from - 1) OVER (ORDER BY r.no) AS before,
                   lag(r.decided_at) OVER (ORDER BY r.no) AS at_before
              FROM ledger.refusal r WHERE r.book = p_book AND r.no BETWEEN p_from - 1 AND p_to) q
     WHERE q.no >= p_from AND (q.no <> q.before + 1 OR q.at < q.at_before);
    IF p_to >= p_from AND NOT EXISTS (SELECT FROM ledger.refusal r WHERE r.book = p_book AND r.no = p_to) THEN
      RETURN QUERY SELECT 'REFUSAL_GAP', 'refusal', jsonb_build_object('no', p_to), '{no}'::text[], to_jsonb(p_to), NULL::jsonb;
    END IF;

    RETURN QUERY
    SELECT 'REFUSED_BUT_POSTED', 'refusal', jsonb_build_object('no', r.no, 'id', r.id), '{id}'::text[], NULL::jsonb,
           jsonb_build_object('seq', e.seq)
      FROM ledger.refusal r JOIN ledger.entry e ON e.book = p_book AND e.id = r.id
     WHERE r.book = p_book AND r.no BETWEEN p_from AND p_to;
  END $$`;
