import type { MigrationInterface, QueryRunner } from 'typeorm';

import { LedgerPost1763700000240 } from './1763700000240-ledger-post';

/**
 * The one function that posts. It takes a batch of entries as dense arrays, decides them one after the other
 * exactly as if each had come alone, and records all that it accepted in a few statements.
 */
export class LedgerPostWhole1763700000273 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.post`);
    await q.query(POST);
    await q.query(`REVOKE ALL ON FUNCTION ledger.post FROM PUBLIC`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.post`);
    await new LedgerPost1763700000240().up(q);
  }
}

const POST = `
  CREATE FUNCTION ledger.post(
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
    p_slots int[], p_amounts bigint[],    -- the legs: which of those accounts, how much (+ debit, - credit)
    OUT first_seq bigint, OUT first_at timestamptz,
    OUT answers jsonb,         -- of the entries that were not posted now; NULL when all were
    OUT balances bigint[], OUT versions bigint[])
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
    one_asset boolean; near_most boolean; newest timestamptz;
    kind text; kind_id smallint; kind_code text; may_backdate boolean; kind_accounts smallint[]; good smallint;
    old record; code text; fact jsonb; eff timestamptz; original bigint;
    j0 int; j1 int; s int; a bigint; b bigint; total bigint; mixed boolean; short int; missing bigint;
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
    FOR old IN SELECT * FROM ledger.answers_before(p_book, fence.next_refusal > 1, p_ids, p_bodies) LOOP
      codes[old.i] := old.code; facts[old.i] := old.facts; any_known := true;
    END LOOP;
    IF p_batch IS NOT NULL AND 'KEY_REUSED' = ANY (codes) THEN
      answers := reused;
      RETURN;
    END IF;

    -- 3. The accounts.
    SELECT * INTO ids, assets, kinds, sides, floors, bal, deb, ver, highs, places, closed, one_asset, near_most, newest
      FROM ledger.load_accounts(p_book, p_owner IS NOT NULL, p_paths, p_assets, p_amounts);
    ver_before := ver;
    balances := array_fill(0::bigint, ARRAY[m]);
    versions := balances;

    -- 4. Decide. An entry names an account once, so nothing is changed before all of its legs are known to be good.
    -- Each statement here costs every leg: what is rare stands behind one question.
    FOR i IN 1 .. n LOOP
      IF any_known AND codes[i] IS NOT NULL THEN
        all_posted := false;
        EXIT WHEN NOT p_freeze AND codes[i] <> 'REPLAYED';
        CONTINUE;
      END IF;
      j0 := p_first[i]; j1 := p_first[i + 1] - 1; code := NULL;
      IF p_kinds[i] IS DISTINCT FROM kind THEN
        kind := p_kinds[i]; good := NULL;
        SELECT x.id, x.code, x.may_backdate, x.accounts INTO kind_id, kind_code, may_backdate, kind_accounts
          FROM ledger.kind_at_door(p_owner, kind) x;
      END IF;
      eff := free_at;
      IF p_effective[i] IS NOT NULL THEN
        eff := p_effective[i];
        IF eff > latest THEN
          code := 'EFFECTIVE_IN_FUTURE';
          fact := jsonb_build_object('effectiveAt', ledger.instant(eff), 'latest', ledger.instant(latest));
        END IF;
      END IF;
      IF eff <= closed_until AND code IS NULL THEN
        code := 'PERIOD_CLOSED';
        fact := jsonb_build_object('effectiveAt', ledger.instant(eff), 'closedUntil', ledger.instant(closed_until));
      END IF;
      IF kind_code IS NOT NULL THEN
        code := kind_code; fact := jsonb_build_object('kind', kind);
      -- Over the open door a reversal has a kind of its own, and that kind is nothing else.
      ELSIF p_owner IS NULL AND (kind = 'reversal') <> (p_reverses[i] IS NOT NULL) THEN
        code := 'KIND_NOT_ALLOWED'; fact := jsonb_build_object('kind', kind);
      END IF;
      IF code IS NULL THEN
        IF j1 = j0 + 1 THEN
          IF p_slots[j0] = p_slots[j1] THEN
            RAISE EXCEPTION 'entry % names % twice', p_ids[i], p_paths[p_slots[j0]] USING ERRCODE = 'unique_violation';
          END IF;
        ELSE
          IF j1 - j0 NOT BETWEEN 1 AND 1999 THEN
            RAISE EXCEPTION 'an entry has 2 to 2000 legs, % has %', p_ids[i], j1 - j0 + 1
              USING ERRCODE = 'check_violation';
          END IF;
          seen := coalesce(seen, array_fill(0, ARRAY[k]));
          FOR j IN j0 .. j1 LOOP
            s := p_slots[j];
            IF seen[s] = i THEN
              RAISE EXCEPTION 'entry % names % twice', p_ids[i], p_paths[s] USING ERRCODE = 'unique_violation';
            END IF;
            seen[s] := i;
          END LOOP;
        END IF;
        total := 0; short := NULL; mixed := false; late := NULL;
        FOR j IN j0 .. j1 LOOP
          s := p_slots[j]; a := p_amounts[j];
          IF kinds[s] = good AND closed IS NULL THEN
            NULL;
          ELSIF ids[s] IS NULL THEN
            code := CASE WHEN assets[s] IS NULL THEN 'ASSET_UNKNOWN' ELSE 'ACCOUNT_UNKNOWN' END;
            EXIT;
          ELSIF closed[s] THEN code := 'ACCOUNT_CLOSED'; EXIT;
          ELSIF kinds[s] = ANY (kind_accounts) THEN good := kinds[s];
          ELSE code := 'ACCOUNT_KIND_NOT_ALLOWED'; EXIT;
          END IF;
          IF near_most AND (CASE WHEN a > 0 THEN deb[s] + a ELSE deb[s] - sides[s] * bal[s] - a END) > most THEN
            code := 'BALANCE_TOO_LARGE';
            EXIT;
          END IF;
          b := bal[s] + sides[s] * a;
          balances[j] := b;
          IF b < floors[s] AND short IS NULL THEN short := s; missing := floors[s] - b; END IF;
          total := total + a;
          IF NOT one_asset THEN mixed := mixed OR assets[s] <> assets[p_slots[j0]]; END IF;
          IF eff < newest AND eff < highs[s] AND floors[s] IS NOT NULL AND sides[s] * a < 0 AND NOT may_backdate THEN
            late := late || j;
          END IF;
        END LOOP;
        IF code IS NOT NULL THEN
          fact := CASE code WHEN 'ASSET_UNKNOWN' THEN jsonb_build_object('asset', p_assets[s])
            WHEN 'ACCOUNT_KIND_NOT_ALLOWED' THEN jsonb_build_object('account', p_paths[s], 'kind', kind)
            ELSE jsonb_build_object('account', p_paths[s], 'asset', p_assets[s]) END;
        ELSIF mixed OR total <> 0 THEN
          SELECT 'ENTRY_UNBALANCED', jsonb_build_object('asset', p_assets[min(u.s)], 'difference', sum(u.a)::text)
            INTO code, fact FROM unnest(p_slots[j0:j1], p_amounts[j0:j1]) WITH ORDINALITY AS u (s, a, j)
           GROUP BY assets[u.s] HAVING sum(u.a) <> 0 ORDER BY min(u.j) LIMIT 1;
        END IF;
        IF any_terms AND code IS NULL THEN
          IF i = ANY (p_condition_entries) THEN
            SELECT r.code, r.facts INTO code, fact
              FROM ledger.condition_refusal(i, kind, kind_accounts, p_condition_entries, p_condition_slots,
                p_condition_is, p_condition_values, ids, assets, kinds, bal, ver, p_paths, p_assets) r;
          END IF;
          IF code IS NULL AND p_reverses[i] IS NOT NULL THEN
            SELECT r.original, r.code, r.facts INTO original, code, fact
              FROM ledger.reversal_refusal(p_book, p_owner, i, p_ids, p_reverses, seqs, p_first, p_slots, p_amounts,
                ids, p_paths, p_assets) r;
            originals := coalesce(originals, array_fill(NULL::bigint, ARRAY[n]));
            originals[i] := original;
          END IF;
          IF code IS NULL AND p_ends[i] IS NOT NULL THEN
            SELECT r.code, r.facts INTO code, fact
              FROM ledger.hold_step_refusal(p_book, p_owner, first_at, i, p_ids, p_ends, p_ends_as[i],
                coalesce(p_ends_part[i], false), p_hold_until, p_hold_owners, p_ends_as, seqs, p_first, p_slots,
                p_amounts, ids, p_paths, p_assets) r;
          END IF;
          IF code IS NULL AND p_hold_until[i] <= first_at THEN
            code := 'HOLD_EXPIRED';
            fact := jsonb_build_object('hold', p_ids[i], 'expiresAt', ledger.instant(p_hold_until[i]));
          END IF;
        END IF;
        IF short IS NOT NULL AND code IS NULL THEN
          code := 'BALANCE_INSUFFICIENT';
          fact := jsonb_build_object('account', p_paths[short], 'asset', p_assets[short], 'missing', missing::text);
        END IF;
        IF late IS NOT NULL THEN
          FOR j IN 1 .. cardinality(late) LOOP
            EXIT WHEN code IS NOT NULL;
            s := p_slots[late[j]];
            SELECT r.missing, r.at INTO old
              FROM ledger.backdating_shortfall(p_book, ids[s], ver_before[s], sides[s], floors[s], eff,
                p_amounts[late[j]], s, p_slots, leg_entries, p_amounts, effs) r;
            IF old.missing IS NOT NULL THEN
              code := 'BACKDATED_BALANCE_INSUFFICIENT';
              fact := jsonb_build_object('account', p_paths[s], 'asset', p_assets[s], 'missing', old.missing::text,
                                         'at', ledger.instant(old.at));
            END IF;
          END LOOP;
        END IF;
      END IF;
      IF code IS NOT NULL THEN
        codes[i] := code; facts[i] := fact; fresh[i] := true; all_posted := false;
        EXIT WHEN NOT p_freeze;
        CONTINUE;
      END IF;

      FOR j IN j0 .. j1 LOOP
        s := p_slots[j];
        bal[s] := balances[j];
        b := ver[s] + 1; ver[s] := b; versions[j] := b;
        IF p_amounts[j] > 0 THEN deb[s] := deb[s] + p_amounts[j]; END IF;
        leg_entries[j] := i;
        IF eff >= highs[s] THEN
          highs[s] := eff;
        ELSE
          leg_highs := coalesce(leg_highs, array_fill(NULL::timestamptz, ARRAY[m]));
          leg_highs[j] := highs[s];
        END IF;
      END LOOP;
      IF eff > newest THEN newest := eff; END IF;
      seqs[i] := free_seq; effs[i] := eff; kind_ids[i] := kind_id;
      free_seq := free_seq + 1; free_at := free_at + tick;
    END LOOP;

    IF NOT all_posted THEN
      SELECT jsonb_agg(jsonb_build_object('entry', u.i, 'code', u.code, 'facts', u.facts) ORDER BY u.i) INTO answers
        FROM unnest(codes, facts) WITH ORDINALITY AS u (code, facts, i) WHERE u.code IS NOT NULL;
    END IF;
    IF p_dry THEN RETURN; END IF;
    IF p_freeze AND true = ANY (fresh) THEN
      INSERT INTO ledger.refusal (book, no, id, body, code, facts, actor, decided_at)
      SELECT p_book, fence.next_refusal - 1 + row_number() OVER (ORDER BY u.i), u.id, u.body, u.code, u.facts,
             u.actor, first_at
        FROM unnest(fresh, p_ids, p_bodies, codes, facts, p_actors)
          WITH ORDINALITY AS u (fresh, id, body, code, facts, actor, i)
       WHERE u.fresh;
      GET DIAGNOSTICS frozen = ROW_COUNT;
    ELSIF NOT p_freeze AND EXISTS (SELECT FROM unnest(codes) AS u (code) WHERE u.code <> 'REPLAYED') THEN
      answers := jsonb_build_array(jsonb_path_query_first(answers, '$[*] ? (@.code != "REPLAYED")'));
      IF p_batch IS NOT NULL AND true = ANY (fresh) THEN
        INSERT INTO ledger.refusal (book, no, id, body, code, facts, actor, decided_at)
        VALUES (p_book, fence.next_refusal, p_batch, p_batch_body, 'BATCH_REFUSED', answers->0, p_actors[1], first_at);
        UPDATE ledger.fence f SET next_refusal = fence.next_refusal + 1, recorded_at = first_at WHERE f.book = p_book;
      END IF;
      RETURN;
    END IF;
    IF free_seq = first_seq THEN
      IF frozen > 0 THEN
        UPDATE ledger.fence f SET next_refusal = fence.next_refusal + frozen, recorded_at = first_at
         WHERE f.book = p_book;
      END IF;
      RETURN;
    END IF;

    -- 5. Record what was accepted.
    INSERT INTO ledger.account (book, id, path, asset, kind, side, floor, debits, credits, version, effective_high,
                                opened_at)
    SELECT p_book, ids[x], p_paths[x], assets[x], kinds[x], sides[x], floors[x], deb[x],
           deb[x] - sides[x] * bal[x], ver[x], highs[x], first_at
      FROM generate_series(1, k) AS x WHERE places[x] IS NULL AND ver[x] > 0;

    INSERT INTO ledger.entry (book, seq, id, kind, legs, body, recorded_at, effective_at, actor, reference, memo,
                              reverses, hold, hold_as)
    SELECT p_book, seqs[i], p_ids[i], kind_ids[i], p_first[i + 1] - p_first[i], p_bodies[i],
           first_at + (seqs[i] - first_seq) * tick, effs[i], p_actors[i], p_references[i], p_memos[i], originals[i],
           p_ends[i], p_ends_as[i]
      FROM generate_series(1, n) AS i WHERE seqs[i] > 0;

    INSERT INTO ledger.posting (book, account, version, seq, leg, asset, amount, balance_after, effective_at,
                                effective_high)
    SELECT p_book, ids[p_slots[j]], versions[j], seqs[leg_entries[j]], j - p_first[leg_entries[j]] + 1,
           assets[p_slots[j]], p_amounts[j], balances[j], effs[leg_entries[j]], leg_highs[j]
      FROM generate_series(1, m) AS j WHERE leg_entries[j] IS NOT NULL;

    -- By place on disk: whoever writes accounts holds the fence, so nothing has moved since they were loaded.
    UPDATE ledger.account x
       SET debits = deb[u], credits = deb[u] - sides[u] * bal[u], version = ver[u], effective_high = highs[u]
      FROM generate_series(1, k) AS u
     WHERE x.ctid = places[u] AND x.version = ver_before[u] AND ver[u] > ver_before[u];
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> (SELECT count(*) FROM unnest(places, ver, ver_before) AS u (place, version, version_before)
                    WHERE u.place IS NOT NULL AND u.version > u.version_before) THEN
      RAISE EXCEPTION 'accounts of book % changed outside the fence', p_book USING ERRCODE = 'data_corrupted';
    END IF;

    IF p_hold_until IS NOT NULL THEN
      INSERT INTO ledger.hold (book, id, seq, owner, expires_at)
      SELECT p_book, u.id, u.seq, u.owner, u.until
        FROM unnest(seqs, p_ids, p_hold_owners, p_hold_until) AS u (seq, id, owner, until)
       WHERE u.seq > 0 AND u.until IS NOT NULL;
    END IF;
    IF p_ends IS NOT NULL THEN
      INSERT INTO ledger.hold_step (book, hold, seq, "as")
      SELECT p_book, u.hold, u.seq, u.ends_as FROM unnest(seqs, p_ends, p_ends_as) AS u (seq, hold, ends_as)
       WHERE u.seq > 0 AND u.hold IS NOT NULL;
      UPDATE ledger.hold h SET ended_seq = q.last, state = q.state
        FROM (SELECT s.hold, max(s.seq) AS last, ledger.hold_state(array_agg(s."as" ORDER BY s.seq)) AS state
                FROM (SELECT DISTINCT u.hold FROM unnest(seqs, p_ends) AS u (seq, hold) WHERE u.seq > 0) t
                JOIN ledger.hold_step s ON s.book = p_book AND s.hold = t.hold
               GROUP BY s.hold) q
       WHERE h.book = p_book AND h.id = q.hold
         AND NOT EXISTS (SELECT FROM ledger.hold_left(p_book, q.hold) l WHERE l.rest > 0);
    END IF;

    UPDATE ledger.fence f
       SET next_seq = free_seq, next_refusal = fence.next_refusal + frozen,
           recorded_at = first_at + (free_seq - 1 - first_seq) * tick
     WHERE f.book = p_book;
  END $$`;
