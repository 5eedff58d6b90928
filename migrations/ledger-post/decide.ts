/**
 * The heart of ledger.post: entries one after the other, exactly as if each had come alone. An entry names an account
 * once, so nothing is changed before all of its legs are known to be good. Each statement here costs every leg:
 * what is rare stands behind one question.
 */
export const DECIDE = `
    FOR i IN 1 .. n LOOP
      IF any_known AND codes[i] IS NOT NULL THEN
        all_posted := false;
        EXIT WHEN NOT p_ask OR NOT p_freeze AND codes[i] <> 'REPLAYED';
        CONTINUE;
      END IF;
      j0 := p_first[i]; j1 := p_first[i + 1] - 1; code := NULL;
      IF p_kinds[i] IS DISTINCT FROM kind THEN
        kind := p_kinds[i]; good := NULL;
        SELECT x.id, x.code, x.may_backdate, x.accounts INTO kind_id, kind_code, may_backdate, kind_accounts
          FROM ledger.kind_at_door(p_owner, kind) x;
        may_reverse := p_owner IS NULL AND (kind = 'reversal' OR p_reverses IS NOT NULL);
      END IF;
      eff := free_at;
      IF any_dated OR kind_code IS NOT NULL OR may_reverse OR eff <= closed_until THEN
        eff := coalesce(p_effective[i], eff);
        IF kind_code IS NOT NULL THEN
          code := kind_code; fact := jsonb_build_object('kind', kind);
        -- Over the open door a reversal has a kind of its own, and that kind is nothing else.
        ELSIF may_reverse AND (kind = 'reversal') <> (p_reverses[i] IS NOT NULL) THEN
          code := 'KIND_NOT_ALLOWED'; fact := jsonb_build_object('kind', kind);
        ELSIF p_effective[i] > latest THEN
          code := 'EFFECTIVE_IN_FUTURE';
          fact := jsonb_build_object('effectiveAt', ledger.instant(eff), 'latest', ledger.instant(latest));
        ELSIF eff <= closed_until THEN
          code := 'PERIOD_CLOSED';
          fact := jsonb_build_object('effectiveAt', ledger.instant(eff), 'closedUntil', ledger.instant(closed_until));
        END IF;
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
        total := 0;
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
          b := bal[s] + sides[s] * a;
          balances[j] := b;
          IF b < floors[s] AND short IS NULL THEN short := s; missing := floors[s] - b; END IF;
          total := total + a;
          IF near_most OR many_assets OR eff < newest THEN
            IF near_most AND (CASE WHEN a > 0 THEN deb[s] + a ELSE deb[s] - sides[s] * bal[s] - a END) > most THEN
              code := 'BALANCE_TOO_LARGE';
              EXIT;
            END IF;
            mixed := mixed OR assets[s] <> assets[p_slots[j0]];
            IF eff < highs[s] AND floors[s] IS NOT NULL AND sides[s] * a < 0 AND NOT may_backdate THEN
              late := late || j;
            END IF;
          END IF;
        END LOOP;
        IF code IS NOT NULL OR total <> 0 OR mixed OR any_terms OR short IS NOT NULL OR late IS NOT NULL THEN
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
                  p_amounts[late[j]], s, CASE WHEN ver[s] > ver_before[s] THEN p_slots END, leg_entries, p_amounts,
                  effs) r;
              IF old.missing IS NOT NULL THEN
                code := 'BACKDATED_BALANCE_INSUFFICIENT';
                fact := jsonb_build_object('account', p_paths[s], 'asset', p_assets[s], 'missing', old.missing::text,
                                           'at', ledger.instant(old.at));
              END IF;
            END LOOP;
          END IF;
          mixed := false; short := NULL; late := NULL;
        END IF;
      END IF;
      IF code IS NOT NULL THEN
        codes[i] := code; facts[i] := fact; fresh[i] := true; all_posted := false;
        EXIT WHEN NOT p_freeze OR NOT p_ask;
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
      IF any_dated AND eff > newest THEN newest := eff; END IF;
      seqs[i] := free_seq; effs[i] := eff; kind_ids[i] := kind_id;
      free_seq := free_seq + 1; free_at := free_at + tick;
    END LOOP;`;
