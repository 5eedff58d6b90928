/** The end of ledger.post: what was decided is told, and what was accepted is recorded in a few statements. */
export const RECORD = `
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
     WHERE f.book = p_book;`;
