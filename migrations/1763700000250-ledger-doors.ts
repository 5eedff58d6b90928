import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All that the application may do to the ledger. It reads the tables; it writes through these and nothing else. */
export class LedgerDoors1763700000250 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const door of [POST_OPEN, POST_DOMAIN, OPEN_ASSET, OPEN_ACCOUNT, CLOSE_ACCOUNT]) await q.query(door);
    await q.query(`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC`);
    await q.query(`
      GRANT EXECUTE ON FUNCTION ledger.post_open, ledger.post_domain, ledger.open_asset, ledger.open_account,
        ledger.close_account TO tanhui_app`);
    await q.query(`GRANT EXECUTE ON FUNCTION ledger.instant TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.post_open, ledger.post_domain, ledger.open_asset, ledger.open_account,
        ledger.close_account`);
  }
}

/**
 * A plan made while the tables are empty is kept as long as the connection lives, and would then read whole
 * tables at every posting. The batch is always small beside the tables, so the doors allow index access only.
 */
const INDEXES_ONLY = `SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_material = off
    SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off`;

/** Open kinds, on open accounts. Each entry stands alone, and a refusal stays with its id. */
const POST_OPEN = `
  CREATE FUNCTION ledger.post_open(p_book int, p_ids uuid[], p_bodies bytea[], p_kinds text[], p_actors text[],
    p_references text[], p_memos text[], p_effective timestamptz[],
    p_first int[], p_paths text[], p_assets text[], p_slots int[], p_amounts bigint[],
    OUT first_seq bigint, OUT first_at timestamptz, OUT answers jsonb, OUT balances bigint[], OUT versions bigint[])
  LANGUAGE plpgsql VOLATILE ${INDEXES_ONLY} AS $$
  BEGIN
    SELECT p.first_seq, p.first_at, p.answers, p.balances, p.versions
      INTO first_seq, first_at, answers, balances, versions
      FROM ledger.post(p_book, NULL, true, p_ids, p_bodies, p_kinds, p_actors, p_references, p_memos, p_effective,
        NULL, NULL, NULL, NULL, NULL, p_first, p_paths, p_assets, p_slots, p_amounts) p;
  END $$`;

/** The kinds of one owner, on the accounts that each kind allows, with reversals and holds. */
const POST_DOMAIN = `
  CREATE FUNCTION ledger.post_domain(p_owner text, p_freeze boolean, p_book int,
    p_ids uuid[], p_bodies bytea[], p_kinds text[], p_actors text[], p_references text[], p_memos text[],
    p_effective timestamptz[], p_reverses uuid[],
    p_hold_until timestamptz[], p_hold_owners text[], p_ends uuid[], p_ends_as text[],
    p_first int[], p_paths text[], p_assets text[], p_slots int[], p_amounts bigint[],
    OUT first_seq bigint, OUT first_at timestamptz, OUT answers jsonb, OUT balances bigint[], OUT versions bigint[])
  LANGUAGE plpgsql VOLATILE ${INDEXES_ONLY} AS $$
  BEGIN
    IF p_owner IS NULL OR p_freeze IS NULL THEN
      RAISE EXCEPTION 'a domain posting names its owner' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT p.first_seq, p.first_at, p.answers, p.balances, p.versions
      INTO first_seq, first_at, answers, balances, versions
      FROM ledger.post(p_book, p_owner, p_freeze, p_ids, p_bodies, p_kinds, p_actors, p_references, p_memos,
        p_effective, p_reverses, p_hold_until, p_hold_owners, p_ends, p_ends_as,
        p_first, p_paths, p_assets, p_slots, p_amounts) p;
  END $$`;

const OPEN_ASSET = `
  CREATE FUNCTION ledger.open_asset(p_book int, p_code text, p_unit text, p_scale int) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    INSERT INTO ledger.asset (book, code, unit, scale) VALUES (p_book, p_code, p_unit, p_scale)
        ON CONFLICT (book, code) DO NOTHING;
    IF NOT EXISTS (SELECT FROM ledger.asset a WHERE a.book = p_book AND a.code = p_code
                      AND a.unit = p_unit AND a.scale = p_scale) THEN
      RAISE EXCEPTION 'asset % of book % has other terms', p_code, p_book USING ERRCODE = 'unique_violation';
    END IF;
  END $$`;

/** Opens an account for open kinds. OPENED, EXISTS (in the same terms), or why not. */
const OPEN_ACCOUNT = `
  CREATE FUNCTION ledger.open_account(p_book int, p_path text, p_asset text, p_side int, p_floor bigint)
    RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE asset_id int; there record;
  BEGIN
    SELECT a.id INTO asset_id FROM ledger.asset a WHERE a.book = p_book AND a.code = p_asset;
    IF NOT FOUND THEN RETURN 'ASSET_UNKNOWN'; END IF;
    IF EXISTS (SELECT FROM ledger.account_kind k WHERE k.kind = split_part(p_path, '/', 1) AND k.side IS NOT NULL)
    THEN RETURN 'ACCOUNT_PATH_RESERVED'; END IF;
    INSERT INTO ledger.account (book, path, asset, kind, side, floor, opened_at)
    SELECT p_book, p_path, asset_id, k.id, p_side, p_floor, platform.book_now(p_book)
      FROM ledger.account_kind k WHERE k.kind = 'open'
        ON CONFLICT (book, path, asset) DO NOTHING;
    IF FOUND THEN RETURN 'OPENED'; END IF;
    SELECT x.side, x.floor, x.closed_at INTO there FROM ledger.account x
     WHERE x.book = p_book AND x.path = p_path AND x.asset = asset_id;
    RETURN CASE WHEN there.side = p_side AND there.floor IS NOT DISTINCT FROM p_floor AND there.closed_at IS NULL
                THEN 'EXISTS' ELSE 'ACCOUNT_EXISTS' END;
  END $$`;

/** Closes an empty open account for good. It waits for the fence like everyone who writes accounts. */
const CLOSE_ACCOUNT = `
  CREATE FUNCTION ledger.close_account(p_book int, p_path text, p_asset text, OUT code text, OUT balance bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE x record;
  BEGIN
    PERFORM FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    SELECT a.id, a.closed_at, k.side AS kind_side, a.side * (a.debits - a.credits) AS balance INTO x
      FROM ledger.account a
      JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
      JOIN ledger.account_kind k ON k.id = a.kind
     WHERE a.book = p_book AND a.path = p_path AND s.code = p_asset;
    balance := x.balance;
    code := CASE
      WHEN x.id IS NULL THEN 'ACCOUNT_UNKNOWN'
      WHEN x.kind_side IS NOT NULL THEN 'ACCOUNT_KIND_NOT_ALLOWED'
      WHEN x.closed_at IS NOT NULL THEN 'CLOSED'
      WHEN x.balance <> 0 THEN 'BALANCE_NOT_ZERO'
      WHEN EXISTS (SELECT FROM ledger.hold h JOIN ledger.posting p ON p.book = h.book AND p.seq = h.seq
                    WHERE h.book = p_book AND h.state = 'held' AND p.account = x.id) THEN 'HOLD_OPEN'
      ELSE 'CLOSED' END;
    IF code = 'CLOSED' AND x.closed_at IS NULL THEN
      UPDATE ledger.account a SET closed_at = platform.book_now(p_book) WHERE a.book = p_book AND a.id = x.id;
    END IF;
  END $$`;
