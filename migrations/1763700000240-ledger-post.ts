import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The one function that posts. It takes a batch of entries as dense arrays, decides them one after the other
 * exactly as if each had come alone, and records all that it accepted in a few statements.
 */
export class LedgerPost1763700000240 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(POST);
    await q.query(`REVOKE ALL ON FUNCTION ledger.post FROM PUBLIC`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.post`);
  }
}

const POST = `
  CREATE FUNCTION ledger.post(
    p_book int,
    p_owner text,              -- NULL: the open door
    p_freeze boolean,          -- true: each entry stands alone and a refusal stays with its id; false: all or none
    p_ids uuid[], p_bodies bytea[], p_kinds text[], p_actors text[], p_references text[], p_memos text[],
    p_effective timestamptz[], p_reverses uuid[],
    p_hold_until timestamptz[], p_hold_owners text[], p_ends uuid[], p_ends_as text[],
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
    free_seq bigint;           -- the next number nobody has
    last_at timestamptz;
    ids bigint[]; assets int[]; kinds smallint[]; sides smallint[]; floors bigint[];
    deb bigint[]; cre bigint[]; ver bigint[]; ver_before bigint[]; places tid[]; closed boolean[];
    seqs bigint[] := array_fill(0::bigint, ARRAY[n]);        -- of each entry; 0: not posted now
    kind_ids smallint[] := array_fill(NULL::smallint, ARRAY[n]);
    originals bigint[] := array_fill(NULL::bigint, ARRAY[n]);
    codes text[] := array_fill(NULL::text, ARRAY[n]);        -- of each entry; NULL: not refused
    facts jsonb[] := array_fill(NULL::jsonb, ARRAY[n]);
    fresh boolean[] := array_fill(false, ARRAY[n]);          -- refused here and now
    leg_seqs bigint[] := array_fill(0::bigint, ARRAY[m]);    -- of each leg; 0: not posted now
    leg_nos int[] := array_fill(0, ARRAY[m]);
    seen int[] := array_fill(0, ARRAY[k]);
    taken_back uuid[] := '{}'; ended uuid[] := '{}';
    all_posted boolean := true;
    kind text; kind_row record; kind_accounts smallint[];
    old record; code text; fact jsonb; original bigint;
    j0 int; j1 int; s int; a bigint; rest bigint; total bigint; mixed boolean; short int; missing bigint;
    touched int;
  BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'the ledger posts at READ COMMITTED only' USING ERRCODE = 'invalid_transaction_state';
    END IF;

    -- 1. The fence: from here to the commit nobody else posts to the book.
    SELECT f.next_seq, f.recorded_at INTO first_seq, last_at FROM ledger.fence f WHERE f.book = p_book
       FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'book % has no ledger', p_book USING ERRCODE = 'foreign_key_violation';
    END IF;
    first_at := greatest(platform.book_now(p_book), last_at + interval '1 microsecond');
    free_seq := first_seq;

    -- 2. What was answered before is answered again.
    PERFORM FROM ledger.entry e WHERE e.book = p_book AND e.id = ANY (p_ids);
    IF FOUND THEN
      FOR old IN SELECT u.i, e.seq, e.body FROM unnest(p_ids) WITH ORDINALITY AS u (id, i)
                   JOIN ledger.entry e ON e.book = p_book AND e.id = u.id LOOP
        codes[old.i] := CASE WHEN old.body = p_bodies[old.i] THEN 'REPLAYED' ELSE 'KEY_REUSED' END;
        facts[old.i] := jsonb_build_object('seq', old.seq::text, 'body', encode(old.body, 'hex'));
      END LOOP;
    END IF;
    PERFORM FROM ledger.refusal r WHERE r.book = p_book AND r.id = ANY (p_ids);
    IF FOUND THEN
      FOR old IN SELECT u.i, r.code, r.facts, r.body FROM unnest(p_ids) WITH ORDINALITY AS u (id, i)
                   JOIN ledger.refusal r ON r.book = p_book AND r.id = u.id LOOP
        IF old.body = p_bodies[old.i] THEN codes[old.i] := old.code; facts[old.i] := old.facts;
        ELSE codes[old.i] := 'KEY_REUSED'; facts[old.i] := jsonb_build_object('body', encode(old.body, 'hex')); END IF;
      END LOOP;
    END IF;

    -- 3. The accounts.
    SELECT * INTO ids, assets, kinds, sides, floors, deb, cre, ver, places, closed
      FROM ledger.load_accounts(p_book, p_owner IS NOT NULL, p_paths, p_assets);
    ver_before := ver;
    balances := array_fill(0::bigint, ARRAY[m]);
    versions := balances;

    -- 4. Decide. An entry names an account once, so nothing is changed before all of its legs are known to be good.
    FOR i IN 1 .. n LOOP
      IF codes[i] IS NOT NULL THEN
        all_posted := false;
        CONTINUE;
      END IF;
      j0 := p_first[i]; j1 := p_first[i + 1] - 1; code := NULL; fact := NULL; short := NULL;
      IF j1 - j0 NOT BETWEEN 1 AND 1999 THEN
        RAISE EXCEPTION 'an entry has 2 to 2000 legs, % has %', p_ids[i], j1 - j0 + 1 USING ERRCODE = 'check_violation';
      END IF;
      IF p_kinds[i] IS DISTINCT FROM kind THEN
        kind := p_kinds[i];
        SELECT e.id, e.owner, e.open, e.account_kinds INTO kind_row FROM ledger.entry_kind e WHERE e.kind = p_kinds[i];
        SELECT coalesce(array_agg(x.id), '{}') INTO kind_accounts
          FROM ledger.account_kind x WHERE x.kind = ANY (kind_row.account_kinds);
      END IF;
      IF kind_row.id IS NULL THEN
        code := 'KIND_UNKNOWN'; fact := jsonb_build_object('kind', kind);
      ELSIF kind_row.open <> (p_owner IS NULL) OR kind_row.owner <> p_owner THEN
        code := 'KIND_NOT_ALLOWED'; fact := jsonb_build_object('kind', kind);
      ELSE
        total := 0; mixed := false;
        FOR j IN j0 .. j1 LOOP
          s := p_slots[j]; a := p_amounts[j];
          IF seen[s] = i THEN
            RAISE EXCEPTION 'entry % names % twice', p_ids[i], p_paths[s] USING ERRCODE = 'unique_violation';
          END IF;
          seen[s] := i;
          IF ids[s] IS NULL THEN
            code := CASE WHEN assets[s] IS NULL THEN 'ASSET_UNKNOWN' ELSE 'ACCOUNT_UNKNOWN' END;
          ELSIF closed[s] THEN code := 'ACCOUNT_CLOSED';
          ELSIF kinds[s] <> ALL (kind_accounts) THEN code := 'ACCOUNT_KIND_NOT_ALLOWED';
          ELSIF a > 0 AND deb[s] + a > 9000000000000000000 OR a < 0 AND cre[s] - a > 9000000000000000000 THEN
            code := 'BALANCE_TOO_LARGE';
          ELSE
            total := total + a;
            mixed := mixed OR assets[s] <> assets[p_slots[j0]];
            rest := sides[s] * (deb[s] - cre[s] + a);
            IF rest < floors[s] AND short IS NULL THEN short := s; missing := floors[s] - rest; END IF;
            CONTINUE;
          END IF;
          fact := CASE code
            WHEN 'ASSET_UNKNOWN' THEN jsonb_build_object('asset', p_assets[s])
            WHEN 'ACCOUNT_KIND_NOT_ALLOWED' THEN jsonb_build_object('account', p_paths[s], 'kind', kind)
            ELSE jsonb_build_object('account', p_paths[s], 'asset', p_assets[s]) END;
          EXIT;
        END LOOP;
        IF code IS NULL AND (mixed OR total <> 0) THEN
          SELECT 'ENTRY_UNBALANCED', jsonb_build_object('asset', p_assets[min(u.s)], 'difference', sum(u.a)::text)
            INTO code, fact FROM unnest(p_slots[j0:j1], p_amounts[j0:j1]) WITH ORDINALITY AS u (s, a, j)
           GROUP BY assets[u.s] HAVING sum(u.a) <> 0 ORDER BY min(u.j) LIMIT 1;
        END IF;
        IF code IS NULL AND p_reverses[i] IS NOT NULL THEN
          IF p_reverses[i] = ANY (taken_back) THEN
            RAISE EXCEPTION 'one call takes back % once', p_reverses[i] USING ERRCODE = 'unique_violation';
          END IF;
          SELECT r.original, r.code, r.facts INTO original, code, fact
            FROM (SELECT array_agg(ids[u.s] ORDER BY u.j) AS ids, array_agg(p_paths[u.s] ORDER BY u.j) AS paths,
                         array_agg(p_assets[u.s] ORDER BY u.j) AS assets
                    FROM unnest(p_slots[j0:j1]) WITH ORDINALITY AS u (s, j)) l,
                 ledger.reversal_refusal(p_book, p_reverses[i], l.ids, l.paths, l.assets, p_amounts[j0:j1]) r;
          originals[i] := original;
        END IF;
        IF code IS NULL AND p_ends[i] IS NOT NULL THEN
          SELECT r.code, r.facts INTO code, fact
            FROM ledger.hold_end_refusal(p_book, p_owner, first_at, p_ends[i], p_ends_as[i],
              (SELECT array_agg(ids[u.s] ORDER BY u.j) FROM unnest(p_slots[j0:j1]) WITH ORDINALITY AS u (s, j)),
              p_amounts[j0:j1]) r;
          IF code IS NULL AND p_ends[i] = ANY (ended) THEN
            RAISE EXCEPTION 'one call ends hold % once', p_ends[i] USING ERRCODE = 'unique_violation';
          END IF;
        END IF;
        IF code IS NULL AND p_hold_until[i] <= first_at THEN
          code := 'HOLD_EXPIRED';
          fact := jsonb_build_object('hold', p_ids[i], 'expiresAt', ledger.instant(p_hold_until[i]));
        END IF;
        IF code IS NULL AND short IS NOT NULL THEN
          code := 'BALANCE_INSUFFICIENT';
          fact := jsonb_build_object('account', p_paths[short], 'asset', p_assets[short], 'missing', missing::text);
        END IF;
      END IF;
      IF code IS NOT NULL THEN
        codes[i] := code; facts[i] := fact; fresh[i] := true; all_posted := false;
        CONTINUE;
      END IF;

      FOR j IN j0 .. j1 LOOP
        s := p_slots[j]; a := p_amounts[j];
        IF a > 0 THEN deb[s] := deb[s] + a; ELSE cre[s] := cre[s] - a; END IF;
        ver[s] := ver[s] + 1;
        balances[j] := sides[s] * (deb[s] - cre[s]); versions[j] := ver[s]; leg_seqs[j] := free_seq;
        leg_nos[j] := j - j0 + 1;
      END LOOP;
      IF p_reverses[i] IS NOT NULL THEN taken_back := taken_back || p_reverses[i]; END IF;
      IF p_ends[i] IS NOT NULL THEN ended := ended || p_ends[i]; END IF;
      seqs[i] := free_seq; kind_ids[i] := kind_row.id; free_seq := free_seq + 1;
    END LOOP;

    IF NOT all_posted THEN
      SELECT jsonb_agg(jsonb_build_object('entry', u.i, 'code', u.code, 'facts', u.facts) ORDER BY u.i) INTO answers
        FROM unnest(codes, facts) WITH ORDINALITY AS u (code, facts, i) WHERE u.code IS NOT NULL;
      IF p_freeze THEN
        INSERT INTO ledger.refusal (book, id, body, code, facts, actor, decided_at)
        SELECT p_book, u.id, u.body, u.code, u.facts, u.actor, first_at
          FROM unnest(fresh, p_ids, p_bodies, codes, facts, p_actors) AS u (fresh, id, body, code, facts, actor)
         WHERE u.fresh;
      ELSIF EXISTS (SELECT FROM unnest(codes) AS u (code) WHERE u.code <> 'REPLAYED') THEN
        RETURN;
      END IF;
    END IF;
    IF free_seq = first_seq THEN RETURN; END IF;

    -- 5. Record what was accepted.
    INSERT INTO ledger.account (book, id, path, asset, kind, side, floor, debits, credits, version, opened_at)
    SELECT p_book, u.id, u.path, u.asset, u.kind, u.side, u.floor, u.debits, u.credits, u.version, first_at
      FROM unnest(ids, p_paths, assets, kinds, sides, floors, deb, cre, ver, places)
        AS u (id, path, asset, kind, side, floor, debits, credits, version, place)
     WHERE u.place IS NULL AND u.version > 0;

    INSERT INTO ledger.entry (book, seq, id, kind, legs, body, recorded_at, effective_at, actor, reference, memo,
                              reverses)
    SELECT p_book, u.seq, u.id, u.kind, p_first[u.i + 1] - p_first[u.i], u.body,
           first_at + (u.seq - first_seq) * interval '1 microsecond',
           coalesce(u.effective, first_at + (u.seq - first_seq) * interval '1 microsecond'),
           u.actor, u.reference, u.memo, u.original
      FROM unnest(seqs, p_ids, kind_ids, p_bodies, p_effective, p_actors, p_references, p_memos, originals)
        WITH ORDINALITY AS u (seq, id, kind, body, effective, actor, reference, memo, original, i)
     WHERE u.seq > 0;

    INSERT INTO ledger.posting (book, account, version, seq, leg, asset, amount, balance_after)
    SELECT p_book, ids[u.slot], u.version, u.seq, u.leg, assets[u.slot], u.amount, u.balance
      FROM unnest(p_slots, versions, leg_seqs, leg_nos, p_amounts, balances)
        AS u (slot, version, seq, leg, amount, balance)
     WHERE u.seq > 0;

    -- By place on disk: whoever writes accounts holds the fence, so nothing has moved since they were loaded.
    UPDATE ledger.account x SET debits = u.debits, credits = u.credits, version = u.version
      FROM unnest(places, deb, cre, ver, ver_before) AS u (place, debits, credits, version, version_before)
     WHERE x.ctid = u.place AND x.version = u.version_before AND u.version > u.version_before;
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
      UPDATE ledger.hold h SET ended_seq = u.seq, state = CASE u.ends_as
             WHEN 'commit' THEN 'committed' WHEN 'release' THEN 'released' WHEN 'expire' THEN 'expired' END
        FROM unnest(seqs, p_ends, p_ends_as) AS u (seq, hold, ends_as)
       WHERE u.seq > 0 AND h.book = p_book AND h.id = u.hold;
    END IF;

    UPDATE ledger.fence f
       SET next_seq = free_seq, recorded_at = first_at + (free_seq - 1 - first_seq) * interval '1 microsecond'
     WHERE f.book = p_book;
  END $$`;
