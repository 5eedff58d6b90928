import type { MigrationInterface, QueryRunner } from 'typeorm';

import { DECIDE } from './ledger-post/decide';
import { RECORD } from './ledger-post/record';
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

const BATCH = `
    p_book int,
    p_owner text,              -- NULL: the open door
    p_freeze boolean,          -- true: each entry stands alone and a refusal stays with its id; false: all or none
    p_dry boolean,             -- true: the same answers, and nothing is recorded
    p_batch uuid, p_batch_body bytea,     -- an id for all of it; of all or none, a refusal stays with it
    p_ids uuid[], p_bodies bytea[], p_kinds text[], p_actors text[], p_references text[], p_memos text[],
    p_effective timestamptz[], p_reverses uuid[],
    p_hold_until timestamptz[], p_hold_owners text[],
    p_ends uuid[], p_ends_as text[], p_ends_part boolean[],
    p_condition_entries int[], p_condition_slots int[], p_condition_is text[], p_condition_values bigint[],
    p_first int[],             -- entry i has the legs p_first[i] .. p_first[i + 1] - 1
    p_paths text[], p_assets text[],      -- the accounts of the whole batch, each once
    p_slots int[], p_amounts bigint[],    -- the legs: which of those accounts, how much (+ debit, - credit)`;

const ANSWER = `
    OUT first_seq bigint, OUT first_at timestamptz,
    OUT answers jsonb,         -- of the entries that were not posted now; NULL when all were
    OUT balances bigint[], OUT versions bigint[]`;

/**
 * What ledger.post does with a batch. Without p_ask it takes every id for a new one: the index of ids refuses those
 * that are not, and a refusal may be of an id that was posted before, so then it records nothing and answers NULL.
 */
const POST_BATCH = `
  CREATE FUNCTION ledger.post_batch(p_ask boolean, ${BATCH} ${ANSWER})
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE
    n CONSTANT int := cardinality(p_ids);
    m CONSTANT int := cardinality(p_amounts);
    k CONSTANT int := cardinality(p_paths);
    tick CONSTANT interval := interval '1 microsecond';
    reused CONSTANT jsonb := '[{"entry": 0, "code": "KEY_REUSED", "facts": {}}]';  -- the whole batch
    most CONSTANT bigint := 9000000000000000000;             -- of an account's debits or credits
    free_seq bigint; free_at timestamptz;                    -- the next number nobody has, and its time
    fence record; closed_until timestamptz; latest timestamptz;
    ids bigint[]; assets int[]; kinds smallint[]; sides smallint[]; floors bigint[]; closed boolean[];
    places tid[]; ver_before bigint[];
    bal bigint[]; deb bigint[]; ver bigint[]; highs timestamptz[];  -- of each account; bal = side * (debits - credits)
    seqs bigint[] := array_fill(0::bigint, ARRAY[n]);        -- of each entry; 0: not posted now
    effs timestamptz[] := array_fill(NULL::timestamptz, ARRAY[n]);
    kind_ids smallint[] := array_fill(NULL::smallint, ARRAY[n]);
    originals bigint[];
    codes text[] := array_fill(NULL::text, ARRAY[n]);        -- of each entry; NULL: not refused
    facts jsonb[] := array_fill(NULL::jsonb, ARRAY[n]);
    fresh boolean[] := array_fill(false, ARRAY[n]);          -- refused here and now
    leg_entries int[] := array_fill(NULL::int, ARRAY[m]);    -- whose leg it is; NULL: not posted now
    leg_highs timestamptz[];                                 -- NULL until a leg is late
    seen int[];
    late int[];                -- legs of the entry that lower an earlier moment of an account with a floor
    -- What most batches are without, so that most entries need not be asked for it.
    any_known boolean := false; all_posted boolean := true; any_terms CONSTANT boolean :=
      p_condition_entries IS NOT NULL OR p_reverses IS NOT NULL OR p_ends IS NOT NULL OR p_hold_until IS NOT NULL;
    any_dated CONSTANT boolean := cardinality(array_remove(p_effective, NULL)) > 0;
    many_assets boolean; near_most boolean; newest timestamptz;
    kind text; kind_id smallint; kind_code text; may_backdate boolean; may_reverse boolean; kind_accounts smallint[]; good smallint;
    old record; code text; fact jsonb; eff timestamptz; original bigint;
    j0 int; j1 int; s int; a bigint; b bigint; total bigint; mixed boolean := false; short int; missing bigint;
    touched int; frozen int := 0;
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

const GIVEN = `p_book, p_owner, p_freeze, p_dry, p_batch, p_batch_body, p_ids, p_bodies, p_kinds, p_actors,
          p_references, p_memos, p_effective, p_reverses, p_hold_until, p_hold_owners, p_ends, p_ends_as, p_ends_part,
          p_condition_entries, p_condition_slots, p_condition_is, p_condition_values, p_first, p_paths, p_assets,
          p_slots, p_amounts`;

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
