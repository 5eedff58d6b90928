/**
 * Accounts in the order asked for: one look-up a path by its index, whatever the planner believed of a table that was
 * empty when it planned. A nested loop gives them in that order; that it did is checked, for nothing promises it. To a
 * domain entry an account of a domain kind is there even before its first posting.
 */
export const LOAD_ACCOUNTS = `
  CREATE FUNCTION ledger.load_accounts(p_book int, p_domain boolean, p_paths text[], p_assets text[],
    p_amounts bigint[],
    OUT ids bigint[], OUT assets int[], OUT kinds smallint[], OUT sides smallint[], OUT floors bigint[],
    OUT balances bigint[], OUT debits bigint[], OUT versions bigint[], OUT highs timestamptz[], OUT places tid[],
    OUT closed boolean[],      -- NULL: none of them is
    OUT many_assets boolean,
    OUT near_most boolean,     -- the batch may bring some total near the greatest there can be
    OUT newest timestamptz)    -- of all that they have had
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE asset_id int; in_order boolean; fullest bigint;
  BEGIN
    many_assets := p_assets[1] <> ANY (p_assets);
    IF NOT many_assets THEN
      SELECT a.id INTO asset_id FROM ledger.asset a WHERE a.book = p_book AND a.code = p_assets[1];
      assets := array_fill(asset_id, ARRAY[cardinality(p_assets)]);
    ELSE
      SELECT array_agg(q.id ORDER BY q.i) INTO assets
        FROM (SELECT u.i, a.id FROM unnest(p_assets) WITH ORDINALITY AS u (asset, i)
                LEFT JOIN ledger.asset a ON a.book = p_book AND a.code = u.asset) q;
    END IF;
    SELECT array_agg(x.id), array_agg(x.kind), array_agg(x.side), array_agg(x.floor),
           array_agg(coalesce(x.side * (x.debits - x.credits), 0)), array_agg(coalesce(x.debits, 0)),
           array_agg(coalesce(x.version, 0)), array_agg(coalesce(x.effective_high, '-infinity')), array_agg(x.ctid),
           CASE WHEN count(x.closed_at) > 0 THEN array_agg(x.closed_at IS NOT NULL) END,
           coalesce(max(x.effective_high), '-infinity'), coalesce(max(greatest(x.debits, x.credits)), 0),
           array_agg(u.i) = ARRAY(SELECT generate_series(1, cardinality(p_paths))::bigint)
      INTO ids, kinds, sides, floors, balances, debits, versions, highs, places, closed, newest, fullest, in_order
      FROM unnest(p_paths, assets) WITH ORDINALITY AS u (path, asset, i)
      LEFT JOIN ledger.account x ON x.book = p_book AND x.path = u.path AND x.asset = u.asset;
    IF NOT in_order THEN
      RAISE EXCEPTION 'accounts of book % came in another order', p_book USING ERRCODE = 'internal_error';
    END IF;
    SELECT fullest + sum(abs(a.amount::float8)) > 8.9e18 INTO near_most FROM unnest(p_amounts) AS a (amount);
    IF p_domain AND array_position(ids, NULL) IS NOT NULL THEN
      SELECT * INTO ids, kinds, sides, floors FROM ledger.name_new_accounts(p_paths, ids, assets, kinds, sides, floors);
    END IF;
  END $$`;

/** Gives those that are not there yet an id and what their kind says. Many of them are of few kinds, so kinds are kept. */
export const NAME_NEW_ACCOUNTS = `
  CREATE FUNCTION ledger.name_new_accounts(p_paths text[], INOUT ids bigint[], p_assets int[], INOUT kinds smallint[],
    INOUT sides smallint[], INOUT floors bigint[])
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_memoize = on AS $$
  BEGIN
    SELECT array_agg(CASE WHEN k.id IS NULL THEN u.id ELSE nextval('ledger.account_id') END),
           array_agg(coalesce(k.id, u.kind)), array_agg(coalesce(k.side, u.side)), array_agg(coalesce(k.floor, u.floor))
      INTO ids, kinds, sides, floors
      FROM (SELECT u.*, CASE WHEN u.id IS NULL AND u.asset IS NOT NULL THEN split_part(u.path, '/', 1) END AS fresh
              FROM unnest(p_paths, ids, p_assets, kinds, sides, floors) AS u (path, id, asset, kind, side, floor)
            OFFSET 0) u
      LEFT JOIN ledger.account_kind k ON k.kind = u.fresh AND k.side IS NOT NULL;
  END $$`;

/** An entry kind as the door of an owner knows it: its code when it may not pass, and the account kinds it may touch. */
export const KIND_AT_DOOR = `
  CREATE FUNCTION ledger.kind_at_door(p_owner text, p_kind text,
    OUT id smallint, OUT code text, OUT may_backdate boolean, OUT accounts smallint[])
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE known record;
  BEGIN
    SELECT * INTO known FROM ledger.entry_kind e WHERE e.kind = p_kind;
    IF NOT FOUND THEN
      code := 'KIND_UNKNOWN';
      RETURN;
    END IF;
    IF known.open <> (p_owner IS NULL) OR known.owner <> p_owner THEN code := 'KIND_NOT_ALLOWED'; END IF;
    id := known.id;
    may_backdate := known.may_backdate_below_floor;
    SELECT coalesce(array_agg(x.id), '{}') INTO accounts
      FROM ledger.account_kind x WHERE x.kind = ANY (known.account_kinds);
  END $$`;
