import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the posting function asks on the way: accounts, what a reversal may take back, whether a hold may end. */
export class LedgerChecks1763700000230 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [LOAD_ACCOUNTS, REVERSAL, INSTANT, HOLD_END]) await q.query(part);
    await q.query(`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.hold_end_refusal, ledger.instant, ledger.reversal_refusal, ledger.load_accounts`);
  }
}

/** Accounts in the order asked for. To a domain entry an account of a domain kind is there even before its first posting. */
const LOAD_ACCOUNTS = `
  CREATE FUNCTION ledger.load_accounts(p_book int, p_domain boolean, p_paths text[], p_assets text[],
    OUT ids bigint[], OUT assets int[], OUT kinds smallint[], OUT sides smallint[], OUT floors bigint[],
    OUT debits bigint[], OUT credits bigint[], OUT versions bigint[], OUT places tid[], OUT closed boolean[])
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    SELECT array_agg(q.id), array_agg(q.asset), array_agg(q.kind), array_agg(q.side), array_agg(q.floor),
           array_agg(q.debits), array_agg(q.credits), array_agg(q.version), array_agg(q.place), array_agg(q.closed)
      INTO ids, assets, kinds, sides, floors, debits, credits, versions, places, closed
      FROM (
        SELECT CASE WHEN x.id IS NULL AND k.id IS NOT NULL THEN nextval('ledger.account_id') ELSE x.id END AS id,
               a.id AS asset, coalesce(x.kind, k.id) AS kind, coalesce(x.side, k.side) AS side,
               CASE WHEN x.id IS NULL THEN k.floor ELSE x.floor END AS floor,
               coalesce(x.debits, 0) AS debits, coalesce(x.credits, 0) AS credits,
               coalesce(x.version, 0) AS version, x.ctid AS place, x.closed_at IS NOT NULL AS closed
          FROM unnest(p_paths, p_assets) WITH ORDINALITY AS u (path, asset, i)
          LEFT JOIN ledger.asset a ON a.book = p_book AND a.code = u.asset
          -- One look-up a path by its index, whatever the planner believes of a table that was empty when it planned.
          LEFT JOIN LATERAL (
            SELECT y.*, y.ctid FROM ledger.account y
             WHERE y.book = p_book AND y.path = u.path AND y.asset = a.id OFFSET 0) x ON true
          LEFT JOIN ledger.account_kind k
            ON x.id IS NULL AND a.id IS NOT NULL AND p_domain AND k.side IS NOT NULL
           AND k.kind = split_part(u.path, '/', 1)
         ORDER BY u.i) q;
  END $$`;

/** Reversals of one entry together never take back more of a posting than it moved, nor the other way round. */
const REVERSAL = `
  CREATE FUNCTION ledger.reversal_refusal(p_book int, p_reverses uuid, p_accounts bigint[], p_paths text[],
    p_assets text[], p_amounts bigint[], OUT original bigint, OUT code text, OUT facts jsonb)
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE old record;
  BEGIN
    SELECT e.seq, e.reverses INTO old FROM ledger.entry e WHERE e.book = p_book AND e.id = p_reverses;
    original := old.seq;
    IF original IS NULL OR old.reverses IS NOT NULL THEN
      code := CASE WHEN original IS NULL THEN 'REVERSAL_UNKNOWN' ELSE 'REVERSAL_OF_REVERSAL' END;
      facts := jsonb_build_object('reverses', p_reverses);
      RETURN;
    END IF;
    SELECT 'REVERSAL_EXCEEDS',
           jsonb_build_object('reverses', p_reverses, 'account', q.path, 'asset', q.asset, 'left', q.rest::text)
      INTO code, facts
      FROM (
        SELECT u.i, u.path, u.asset, u.amount,
               -coalesce((SELECT p.amount FROM ledger.posting p
                           WHERE p.book = p_book AND p.seq = old.seq AND p.account = u.account), 0)
               -coalesce((SELECT sum(p.amount) FROM ledger.entry e
                            JOIN ledger.posting p ON p.book = e.book AND p.seq = e.seq AND p.account = u.account
                           WHERE e.book = p_book AND e.reverses = old.seq), 0) AS rest
          FROM unnest(p_accounts, p_paths, p_assets, p_amounts) WITH ORDINALITY AS u (account, path, asset, amount, i)
      ) q
     WHERE abs(q.amount) > abs(q.rest) OR sign(q.amount) <> sign(q.rest)
     ORDER BY q.i LIMIT 1;
  END $$`;

/** An instant as every answer writes it: ISO 8601 in UTC, to the microsecond. */
const INSTANT = `
  CREATE FUNCTION ledger.instant(p_at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  $$`;

/** A hold ends once, by its owner, in time, and its ending entry takes out all that was put aside. */
const HOLD_END = `
  CREATE FUNCTION ledger.hold_end_refusal(p_book int, p_owner text, p_at timestamptz, p_hold uuid, p_as text,
    p_accounts bigint[], p_amounts bigint[], OUT code text, OUT facts jsonb)
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE h record; kept record;
  BEGIN
    SELECT * INTO h FROM ledger.hold x WHERE x.book = p_book AND x.id = p_hold;
    IF NOT FOUND THEN
      code := 'HOLD_UNKNOWN'; facts := '{}';
    ELSIF h.owner IS DISTINCT FROM p_owner THEN
      code := 'HOLD_NOT_OWNED'; facts := jsonb_build_object('owner', h.owner);
    ELSIF h.state <> 'held' THEN
      code := 'HOLD_ENDED'; facts := jsonb_build_object('state', h.state);
    ELSIF p_as = 'commit' AND p_at >= h.expires_at THEN
      code := 'HOLD_EXPIRED'; facts := jsonb_build_object('expiresAt', ledger.instant(h.expires_at));
    ELSIF p_as = 'expire' AND p_at < h.expires_at THEN
      code := 'HOLD_NOT_EXPIRED'; facts := jsonb_build_object('expiresAt', ledger.instant(h.expires_at));
    ELSE
      SELECT x.path, a.code AS asset, -p.amount AS amount INTO kept
        FROM ledger.posting p
        JOIN ledger.account x ON x.book = p.book AND x.id = p.account
        JOIN ledger.asset a ON a.book = p.book AND a.id = p.asset
       WHERE p.book = p_book AND p.seq = h.seq AND p.amount < 0
         AND NOT EXISTS (SELECT FROM unnest(p_accounts, p_amounts) AS u (account, amount)
                          WHERE u.account = p.account AND u.amount = -p.amount)
       ORDER BY p.leg LIMIT 1;
      IF NOT FOUND THEN RETURN; END IF;
      code := 'HOLD_AMOUNT_DIFFERS';
      facts := jsonb_build_object('account', kept.path, 'asset', kept.asset, 'held', kept.amount::text);
    END IF;
    facts := facts || jsonb_build_object('hold', p_hold);
  END $$`;
