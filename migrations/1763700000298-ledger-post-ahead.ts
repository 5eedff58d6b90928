import type { MigrationInterface, QueryRunner } from 'typeorm';

import { ANSWERS_BEFORE_IN_SQL } from './ledger-post/answers';
import { DECIDE } from './ledger-post/decide';
import { RECORD } from './ledger-post/record';
import { ANSWER, BATCH, GIVEN } from './ledger-post/signature';
import { STATE } from './ledger-post/state';
import { LedgerPostWhole1763700000273 } from './1763700000273-ledger-post-whole';

/**
 * A batch that stands in line at the fence looks its accounts up meanwhile. What the one before it changed is found by
 * its place on disk, and only that is looked up again.
 */
export class LedgerPostAhead1763700000298 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.post, ledger.post_batch, ledger.answers_before`);
    for (const part of [ANSWERS_BEFORE, POST_BATCH, POST]) await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ledger.answers_before, ledger.post_batch, ledger.post FROM PUBLIC`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.post_batch, ledger.answers_before`);
    await q.query(ANSWERS_BEFORE_IN_SQL);
    await q.query(`REVOKE ALL ON FUNCTION ledger.answers_before FROM PUBLIC`);
    await new LedgerPostWhole1763700000273().up(q);
  }
}

/**
 * Which of these ids had an answer before, and which: was it posted, was it refused. Id by id, each by the index of
 * ids: "= ANY" may be planned as a walk over the whole book. The first half of a body is its identity. In PL/pgSQL, so
 * that it is planned once a connection.
 */
const ANSWERS_BEFORE = `
  CREATE FUNCTION ledger.answers_before(p_book int, p_posted boolean, p_refused boolean, p_ids uuid[],
    p_bodies bytea[])
    RETURNS TABLE (i bigint, code text, facts jsonb)
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF p_posted THEN
      RETURN QUERY
      SELECT u.i, CASE WHEN e.same THEN 'REPLAYED' ELSE 'KEY_REUSED' END,
             CASE WHEN e.same THEN jsonb_build_object('seq', e.seq::text)
                  ELSE jsonb_build_object('body', encode(e.body, 'hex')) END
        FROM unnest(p_ids, p_bodies) WITH ORDINALITY AS u (id, body, i)
       CROSS JOIN LATERAL (SELECT x.seq, x.body, substr(x.body, 1, 16) = substr(u.body, 1, 16) AS same
                             FROM ledger.entry x WHERE x.book = p_book AND x.id = u.id OFFSET 0) e;
    END IF;
    IF p_refused THEN
      RETURN QUERY
      SELECT u.i, CASE WHEN r.same THEN r.code ELSE 'KEY_REUSED' END,
             CASE WHEN r.same THEN r.facts ELSE jsonb_build_object('body', encode(r.body, 'hex')) END
        FROM unnest(p_ids, p_bodies) WITH ORDINALITY AS u (id, body, i)
       CROSS JOIN LATERAL (SELECT x.body, x.code, x.facts, substr(x.body, 1, 16) = substr(u.body, 1, 16) AS same
                             FROM ledger.refusal x WHERE x.book = p_book AND x.id = u.id OFFSET 0) r;
    END IF;
  END $$`;

const ACCOUNTS = `
      SELECT * INTO ids, assets, kinds, sides, floors, bal, deb, ver, highs, places, closed, many_assets, near_most, newest
        FROM ledger.load_accounts(p_book, p_owner IS NOT NULL, p_paths, p_assets, p_amounts);`;

/**
 * What came between looking accounts up and holding the fence. A row is the same if the same version of the same
 * account is still at its place: a place may be used again, but a version never. Terms change with an event only.
 */
const MOVED = `
      FOR old IN
        SELECT u.i, x.debits, x.credits, x.version, x.effective_high, x.ctid AS place
          FROM (SELECT q.id, q.i FROM unnest(ids, places, ver) WITH ORDINALITY AS q (id, place, version, i)
                  LEFT JOIN ledger.account same
                    ON same.ctid = q.place AND same.id = q.id AND same.version = q.version
                 WHERE q.place IS NOT NULL AND same.id IS NULL OFFSET 0) u
          JOIN ledger.account x ON x.book = p_book AND x.id = u.id
      LOOP
        deb[old.i] := old.debits; bal[old.i] := sides[old.i] * (old.debits - old.credits);
        ver[old.i] := old.version; highs[old.i] := old.effective_high; places[old.i] := old.place;
        newest := greatest(newest, old.effective_high);
        moving := coalesce(moving, (SELECT sum(abs(u.amount::float8)) FROM unnest(p_amounts) AS u (amount)));
        near_most := near_most OR greatest(old.debits, old.credits) + moving > 8.9e18;
      END LOOP;`;

/**
 * What ledger.post does with a batch. Without p_ask it takes every id for a new one: the index of ids refuses those
 * that are not, and a refusal may be of an id that was posted before, so then it records nothing and answers NULL.
 */
const POST_BATCH = `
  CREATE FUNCTION ledger.post_batch(p_ask boolean, ${BATCH} ${ANSWER})
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE${STATE}
    seq_ahead bigint; event_ahead bigint;      -- of the fence when the accounts were looked up; NULL: not yet
    moving float8;
  BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'the ledger posts at READ COMMITTED only' USING ERRCODE = 'invalid_transaction_state';
    END IF;

    -- 1. The accounts, while another may hold the fence.
    IF NOT p_ask THEN
      SELECT f.next_seq, f.next_event INTO seq_ahead, event_ahead FROM ledger.fence f WHERE f.book = p_book;${ACCOUNTS}
    END IF;

    -- 2. The fence: from here to the commit nobody else posts to the book.
    SELECT f.next_seq, f.recorded_at, f.next_refusal, f.next_event, f.closed_until INTO fence
      FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'book % has no ledger', p_book USING ERRCODE = 'foreign_key_violation';
    END IF;
    latest := platform.book_now(p_book);
    first_at := greatest(latest, fence.recorded_at + tick);
    latest := latest + interval '5 minutes';
    closed_until := fence.closed_until;
    first_seq := fence.next_seq; free_seq := first_seq; free_at := first_at;

    -- 3. What was answered before is answered again. The first half of a body is its identity.
    IF p_batch IS NOT NULL THEN
      SELECT r.facts, substr(r.body, 1, 16) = substr(p_batch_body, 1, 16) AS same INTO old
        FROM ledger.refusal r WHERE r.book = p_book AND r.id = p_batch AND r.code = 'BATCH_REFUSED';
      IF FOUND THEN
        answers := CASE WHEN old.same THEN jsonb_build_array(old.facts) ELSE reused END;
        RETURN;
      END IF;
    END IF;
    FOR old IN SELECT * FROM ledger.answers_before(p_book, p_ask, fence.next_refusal > 1, p_ids, p_bodies) LOOP
      codes[old.i] := old.code; facts[old.i] := old.facts; any_known := true;
    END LOOP;
    IF p_batch IS NOT NULL AND 'KEY_REUSED' = ANY (codes) THEN
      answers := reused;
      RETURN;
    END IF;

    -- 4. The accounts as they are now.
    IF event_ahead IS DISTINCT FROM fence.next_event THEN${ACCOUNTS}
    ELSIF seq_ahead <> fence.next_seq THEN${MOVED}
    END IF;
    ver_before := ver;
    balances := array_fill(0::bigint, ARRAY[m]);
    versions := balances;

    -- 5. Decide.${DECIDE}
    IF NOT p_ask AND NOT all_posted THEN
      first_seq := NULL;
      RETURN;
    END IF;

${RECORD}
  END $$`;

const POST_ASKING = (ask: boolean): string => `
        SELECT p.first_seq, p.first_at, p.answers, p.balances, p.versions
          INTO first_seq, first_at, answers, balances, versions
          FROM ledger.post_batch(${String(ask)}, ${GIVEN}) p;`;

/**
 * Ids are nearly always new, and to ask for each whether it was answered before costs a tenth of a post. So that is
 * asked first only while it was of use the last time; otherwise a batch in which an id is not new, or something is
 * refused, is undone and decided again with every id asked for.
 */
const POST = `
  CREATE FUNCTION ledger.post(${BATCH} ${ANSWER})
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE asks CONSTANT boolean := current_setting('tanhui.asks_first', true) = 'yes'; violated text;
  BEGIN
    IF NOT p_dry AND asks IS NOT TRUE THEN
      BEGIN${POST_ASKING(false)}
        IF first_seq IS NOT NULL THEN RETURN; END IF;
      EXCEPTION WHEN unique_violation THEN
        GET STACKED DIAGNOSTICS violated = CONSTRAINT_NAME;
        IF violated NOT IN ('entry_id', 'account_book_path_asset_key') THEN RAISE; END IF;
      END;
    END IF;${POST_ASKING(true)}
    IF NOT p_dry AND (answers IS NOT NULL) <> coalesce(asks, false) THEN
      PERFORM set_config('tanhui.asks_first', CASE WHEN answers IS NULL THEN 'no' ELSE 'yes' END, false);
    END IF;
  END $$`;
