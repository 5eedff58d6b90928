import type { MigrationInterface, QueryRunner } from 'typeorm';

import { DECIDE } from './ledger-post/decide';
import { RECORD } from './ledger-post/record';
import { ANSWER, BATCH, GIVEN } from './ledger-post/signature';
import { STATE } from './ledger-post/state';
import { LedgerPost1763700000240 } from './1763700000240-ledger-post';

/**
 * The one function that posts, ledger.post, and what it does. It takes a batch of entries as dense arrays, decides
 * them one after the other exactly as if each had come alone, and records all that it accepted in a few statements.
 */
export class LedgerPostWhole1763700000273 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.post`);
    for (const part of [POST_BATCH, POST]) await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ledger.post_batch, ledger.post FROM PUBLIC`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.post, ledger.post_batch`);
    await new LedgerPost1763700000240().up(q);
  }
}

/**
 * What ledger.post does with a batch. Without p_ask it takes every id for a new one: the index of ids refuses those
 * that are not, and a refusal may be of an id that was posted before, so then it records nothing and answers NULL.
 */
const POST_BATCH = `
  CREATE FUNCTION ledger.post_batch(p_ask boolean, ${BATCH} ${ANSWER})
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE${STATE}
  BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'the ledger posts at READ COMMITTED only' USING ERRCODE = 'invalid_transaction_state';
    END IF;

    -- 1. The fence: from here to the commit nobody else posts to the book.
    SELECT f.next_seq, f.recorded_at, f.next_refusal, f.closed_until INTO fence
      FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'book % has no ledger', p_book USING ERRCODE = 'foreign_key_violation';
    END IF;
    latest := platform.book_now(p_book);
    first_at := greatest(latest, fence.recorded_at + tick);
    latest := latest + interval '5 minutes';
    closed_until := fence.closed_until;
    first_seq := fence.next_seq; free_seq := first_seq; free_at := first_at;

    -- 2. What was answered before is answered again. The first half of a body is its identity.
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

    -- 3. The accounts.
    SELECT * INTO ids, assets, kinds, sides, floors, bal, deb, ver, highs, places, closed, many_assets, near_most, newest
      FROM ledger.load_accounts(p_book, p_owner IS NOT NULL, p_paths, p_assets, p_amounts);
    ver_before := ver;
    balances := array_fill(0::bigint, ARRAY[m]);
    versions := balances;

    -- 4. Decide.${DECIDE}
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
        IF violated <> 'entry_id' THEN RAISE; END IF;
      END;
    END IF;${POST_ASKING(true)}
    IF NOT p_dry AND (answers IS NOT NULL) <> coalesce(asks, false) THEN
      PERFORM set_config('tanhui.asks_first', CASE WHEN answers IS NULL THEN 'no' ELSE 'yes' END, false);
    END IF;
  END $$`;
