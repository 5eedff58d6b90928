import type { MigrationInterface, QueryRunner } from 'typeorm';

import { LedgerDoors1763700000250 } from './1763700000250-ledger-doors';

/** Whatever changes a book's terms takes the fence and leaves an event: assets, open accounts, floors, kinds. */
export class LedgerEvents1763700000274 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.open_asset, ledger.open_account, ledger.close_account`);
    for (const part of [NOTE, NOTE_KINDS, OPEN_BOOK, OPEN_ASSET, OPEN_ACCOUNT, CLOSE_ACCOUNT, CHANGE_FLOOR])
      await q.query(part);
    await q.query(CHANGES_ARE_SAID);
    await q.query(`
      REVOKE ALL ON FUNCTION ledger.note, ledger.note_kinds, ledger.open_book, ledger.open_asset,
        ledger.open_account, ledger.close_account, ledger.change_floor, ledger.note_new_kinds,
        ledger.refuse_unsaid_change FROM PUBLIC`);
    await q.query(`
      GRANT EXECUTE ON FUNCTION ledger.open_asset, ledger.open_account, ledger.close_account, ledger.change_floor
        TO tanhui_app`);
    await q.query(`SELECT ledger.note_kinds(b.id) FROM platform.book b ORDER BY b.id`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.change_floor, ledger.close_account, ledger.open_account, ledger.open_asset, ledger.note,
        ledger.note_kinds, ledger.note_new_kinds, ledger.refuse_unsaid_change CASCADE`);
    await q.query(`
      DROP TRIGGER account_terms_stay ON ledger.account;
      CREATE TRIGGER account_terms_stay BEFORE UPDATE OF book, id, path, asset, kind, side, floor, opened_at
        ON ledger.account FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()`);
    await q.query(OPEN_BOOK_AS_BEFORE);
    await new LedgerDoors1763700000250().up(q);
  }
}

const AS_DOOR = `LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS`;

/** Takes the fence and adds one event, on the one time line of the book's entries. */
const NOTE = `
  CREATE FUNCTION ledger.note(p_book int, p_actor text, p_type text, p_subject bigint, p_facts jsonb)
    RETURNS timestamptz
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE now_at timestamptz; number bigint;
  BEGIN
    SELECT f.next_event, greatest(platform.book_now(p_book), f.recorded_at + interval '1 microsecond')
      INTO number, now_at FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'book % has no ledger', p_book USING ERRCODE = 'foreign_key_violation';
    END IF;
    INSERT INTO ledger.event (book, no, at, actor, type, facts, subject)
    VALUES (p_book, number, now_at, p_actor, p_type, p_facts, p_subject);
    UPDATE ledger.fence f SET next_event = number + 1, recorded_at = now_at WHERE f.book = p_book;
    RETURN now_at;
  END $$`;

/** Kinds are reference data of the whole product: each book learns their terms when they come or change. */
const NOTE_KINDS = `
  CREATE FUNCTION ledger.note_kinds(p_book int) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    PERFORM FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    PERFORM ledger.note(p_book, 'system/kinds', 'kind-known', q.id, q.facts)
      FROM (
        SELECT k.id::bigint AS id, 'account_kind' AS "table", jsonb_build_object('table', 'account_kind',
                 'kind', k.kind, 'owner', k.owner, 'side', k.side, 'floor', k.floor::text) AS facts
          FROM ledger.account_kind k
        UNION ALL
        SELECT k.id, 'entry_kind', jsonb_build_object('table', 'entry_kind', 'kind', k.kind, 'owner', k.owner,
                 'open', k.open, 'account_kinds', k.account_kinds, 'may_backdate_below_floor', k.may_backdate_below_floor)
          FROM ledger.entry_kind k
        ORDER BY 2, 1
      ) q
     WHERE q.facts IS DISTINCT FROM (
       SELECT e.facts FROM ledger.event e
        WHERE e.book = p_book AND e.type = 'kind-known' AND e.subject = q.id AND e.facts->>'table' = q."table"
        ORDER BY e.no DESC LIMIT 1);
  END $$;

  CREATE FUNCTION ledger.note_new_kinds() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    PERFORM ledger.note_kinds(f.book) FROM (SELECT x.book FROM ledger.fence x ORDER BY x.book) f;
    RETURN NULL;
  END $$;
  CREATE TRIGGER account_kind_is_known AFTER INSERT OR UPDATE ON ledger.account_kind
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.note_new_kinds();
  CREATE TRIGGER entry_kind_is_known AFTER INSERT OR UPDATE ON ledger.entry_kind
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.note_new_kinds()`;

const OPEN_BOOK = `
  CREATE OR REPLACE FUNCTION ledger.open_book() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    INSERT INTO ledger.fence (book) VALUES (NEW.id);
    PERFORM ledger.open_asset(NEW.id, 'CNY', 'yuan', 2, 'system/open-book');
    PERFORM ledger.note_kinds(NEW.id);
    RETURN NULL;
  END $$`;

const OPEN_BOOK_AS_BEFORE = `
  CREATE OR REPLACE FUNCTION ledger.open_book() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    INSERT INTO ledger.fence (book) VALUES (NEW.id);
    INSERT INTO ledger.asset (book, code, unit, scale) VALUES (NEW.id, 'CNY', 'yuan', 2);
    RETURN NULL;
  END $$`;

const OPEN_ASSET = `
  CREATE FUNCTION ledger.open_asset(p_book int, p_code text, p_unit text, p_scale int,
    p_actor text DEFAULT session_user) RETURNS void ${AS_DOOR} $$
  DECLARE asset_id int;
  BEGIN
    IF NOT EXISTS (SELECT FROM ledger.asset a WHERE a.book = p_book AND a.code = p_code) THEN
      PERFORM FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
      INSERT INTO ledger.asset (book, code, unit, scale) VALUES (p_book, p_code, p_unit, p_scale)
          ON CONFLICT (book, code) DO NOTHING RETURNING id INTO asset_id;
      IF FOUND THEN
        PERFORM ledger.note(p_book, p_actor, 'asset-opened', asset_id,
          jsonb_build_object('asset', p_code, 'unit', p_unit, 'scale', p_scale));
      END IF;
    END IF;
    IF NOT EXISTS (SELECT FROM ledger.asset a WHERE a.book = p_book AND a.code = p_code
                      AND a.unit = p_unit AND a.scale = p_scale) THEN
      RAISE EXCEPTION 'asset % of book % has other terms', p_code, p_book USING ERRCODE = 'unique_violation';
    END IF;
  END $$`;

/** Opens an account for open kinds. OPENED, EXISTS (in the same terms), or why not. */
const OPEN_ACCOUNT = `
  CREATE FUNCTION ledger.open_account(p_book int, p_path text, p_asset text, p_side int, p_floor bigint,
    p_actor text DEFAULT session_user) RETURNS text ${AS_DOOR} $$
  DECLARE asset_id int; account_id bigint; there record;
  BEGIN
    SELECT a.id INTO asset_id FROM ledger.asset a WHERE a.book = p_book AND a.code = p_asset;
    IF NOT FOUND THEN RETURN 'ASSET_UNKNOWN'; END IF;
    IF EXISTS (SELECT FROM ledger.account_kind k WHERE k.kind = split_part(p_path, '/', 1) AND k.side IS NOT NULL)
    THEN RETURN 'ACCOUNT_PATH_RESERVED'; END IF;
    FOR attempt IN 1 .. 2 LOOP
      SELECT x.side, x.floor, x.closed_at INTO there FROM ledger.account x
       WHERE x.book = p_book AND x.path = p_path AND x.asset = asset_id;
      IF FOUND THEN
        RETURN CASE WHEN there.side = p_side AND there.floor IS NOT DISTINCT FROM p_floor AND there.closed_at IS NULL
                    THEN 'EXISTS' ELSE 'ACCOUNT_EXISTS' END;
      END IF;
      -- Who asks at the same time opens it while we wait here: look once more.
      PERFORM FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    END LOOP;
    account_id := nextval('ledger.account_id');
    INSERT INTO ledger.account (book, id, path, asset, kind, side, floor, opened_at)
    SELECT p_book, account_id, p_path, asset_id, k.id, p_side, p_floor,
           ledger.note(p_book, p_actor, 'account-opened', account_id, jsonb_build_object('account', p_path,
             'asset', p_asset, 'side', p_side, 'floor', p_floor::text))
      FROM ledger.account_kind k WHERE k.kind = 'open';
    RETURN 'OPENED';
  END $$`;

/** Closes an empty open account for good. CLOSED, WAS_CLOSED, or why not. */
const CLOSE_ACCOUNT = `
  CREATE FUNCTION ledger.close_account(p_book int, p_path text, p_asset text, p_actor text DEFAULT session_user,
    OUT code text, OUT balance bigint) ${AS_DOOR} $$
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
      WHEN x.closed_at IS NOT NULL THEN 'WAS_CLOSED'
      WHEN x.balance <> 0 THEN 'BALANCE_NOT_ZERO'
      WHEN EXISTS (SELECT FROM ledger.hold h JOIN ledger.posting p ON p.book = h.book AND p.seq = h.seq
                    WHERE h.book = p_book AND h.state = 'held' AND p.account = x.id) THEN 'HOLD_OPEN'
      ELSE 'CLOSED' END;
    IF code = 'CLOSED' THEN
      UPDATE ledger.account a
         SET closed_at = ledger.note(p_book, p_actor, 'account-closed', x.id,
               jsonb_build_object('account', p_path, 'asset', p_asset))
       WHERE a.book = p_book AND a.id = x.id;
    END IF;
  END $$`;

/** Gives an open account another floor, or none. CHANGED, SAME, or why not; missing: how far the balance is below. */
const CHANGE_FLOOR = `
  CREATE FUNCTION ledger.change_floor(p_book int, p_path text, p_asset text, p_floor bigint,
    p_actor text DEFAULT session_user, OUT code text, OUT missing bigint) ${AS_DOOR} $$
  DECLARE x record;
  BEGIN
    PERFORM FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    SELECT a.id, a.closed_at, a.floor, k.side AS kind_side, a.side * (a.debits - a.credits) AS balance INTO x
      FROM ledger.account a
      JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
      JOIN ledger.account_kind k ON k.id = a.kind
     WHERE a.book = p_book AND a.path = p_path AND s.code = p_asset;
    missing := greatest(p_floor - x.balance, 0);
    code := CASE
      WHEN x.id IS NULL THEN 'ACCOUNT_UNKNOWN'
      WHEN x.kind_side IS NOT NULL THEN 'ACCOUNT_KIND_NOT_ALLOWED'
      WHEN x.closed_at IS NOT NULL THEN 'ACCOUNT_CLOSED'
      WHEN x.floor IS NOT DISTINCT FROM p_floor THEN 'SAME'
      WHEN x.balance < p_floor THEN 'BALANCE_INSUFFICIENT'
      ELSE 'CHANGED' END;
    IF code = 'CHANGED' THEN
      PERFORM ledger.note(p_book, p_actor, 'floor-changed', x.id, jsonb_build_object('account', p_path,
        'asset', p_asset, 'floor', p_floor::text, 'before', x.floor::text));
      UPDATE ledger.account a SET floor = p_floor WHERE a.book = p_book AND a.id = x.id;
    END IF;
  END $$`;

/** A floor moves and an account closes only together with the event that says so: the last of the book. */
const CHANGES_ARE_SAID = `
  CREATE FUNCTION ledger.refuse_unsaid_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
  DECLARE said record;
  BEGIN
    SELECT e.type, e.subject, e.facts->>'floor' AS floor, e.at INTO said
      FROM ledger.fence f JOIN ledger.event e ON e.book = f.book AND e.no = f.next_event - 1
     WHERE f.book = OLD.book;
    IF NEW.floor IS DISTINCT FROM OLD.floor
         AND (said.type, said.subject, said.floor) IS DISTINCT FROM ('floor-changed', OLD.id, NEW.floor::text)
       OR NEW.closed_at IS DISTINCT FROM OLD.closed_at
         AND (said.type, said.subject, said.at) IS DISTINCT FROM ('account-closed', OLD.id, NEW.closed_at) THEN
      RAISE EXCEPTION 'a change of account % without its event is refused', OLD.path
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  DROP TRIGGER account_terms_stay ON ledger.account;
  CREATE TRIGGER account_terms_stay BEFORE UPDATE OF book, id, path, asset, kind, side, opened_at
    ON ledger.account FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER account_changes_are_said BEFORE UPDATE OF floor, closed_at
    ON ledger.account FOR EACH ROW EXECUTE FUNCTION ledger.refuse_unsaid_change()`;
