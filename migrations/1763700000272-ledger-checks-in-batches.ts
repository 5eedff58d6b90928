import type { MigrationInterface, QueryRunner } from 'typeorm';

import { LedgerChecks1763700000230 } from './1763700000230-ledger-checks';
import { ANSWERS_BEFORE_IN_SQL } from './ledger-post/answers';
import { KIND_AT_DOOR, LOAD_ACCOUNTS, NAME_NEW_ACCOUNTS } from './ledger-post/accounts';

/**
 * What the posting function asks on the way. A batch is decided before any of it is in the tables, so whatever an
 * earlier entry of the batch did to the same original or hold is read from the batch's arrays.
 */
export class LedgerChecksInBatches1763700000272 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.load_accounts, ledger.reversal_refusal, ledger.hold_end_refusal`);
    for (const part of [
      LOAD_ACCOUNTS,
      NAME_NEW_ACCOUNTS,
      KIND_AT_DOOR,
      ANSWERS_BEFORE_IN_SQL,
      CONDITION,
      NEAR,
      REVERSAL,
      HOLD_LEFT,
      HOLD_STATE,
      HOLD_STEP,
    ])
      await q.query(part);
    await q.query(`
      REVOKE ALL ON FUNCTION ledger.load_accounts, ledger.name_new_accounts, ledger.kind_at_door, ledger.answers_before, ledger.condition_refusal, ledger.legs_before, ledger.reversal_refusal, ledger.hold_left,
        ledger.hold_state, ledger.hold_step_refusal FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ledger.hold_left TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.hold_step_refusal, ledger.hold_state, ledger.hold_left, ledger.reversal_refusal, ledger.legs_before,
        ledger.condition_refusal, ledger.answers_before, ledger.kind_at_door, ledger.name_new_accounts, ledger.load_accounts, ledger.instant`);
    await new LedgerChecks1763700000230().up(q);
  }
}

/** The first of an entry's conditions that does not hold just before it. */
const CONDITION = `
  CREATE FUNCTION ledger.condition_refusal(p_entry int, p_kind text, p_kind_accounts smallint[], p_entries int[],
    p_condition_slots int[], p_is text[], p_values bigint[], p_ids bigint[], p_asset_ids int[], p_kinds smallint[],
    p_balances bigint[], p_versions bigint[], p_paths text[], p_assets text[],
    OUT code text, OUT facts jsonb)
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE start CONSTANT int := array_position(p_entries, p_entry); c int := start; s int; actual bigint;
  BEGIN
    WHILE p_entries[c] = p_entry LOOP
      s := p_condition_slots[c];
      facts := jsonb_build_object('account', p_paths[s], 'asset', p_assets[s]);
      IF p_asset_ids[s] IS NULL THEN
        code := 'ASSET_UNKNOWN'; facts := facts - 'account';
        RETURN;
      ELSIF p_ids[s] IS NULL THEN
        code := 'ACCOUNT_UNKNOWN';
        RETURN;
      ELSIF p_kinds[s] <> ALL (p_kind_accounts) THEN
        code := 'ACCOUNT_KIND_NOT_ALLOWED'; facts := jsonb_build_object('account', p_paths[s], 'kind', p_kind);
        RETURN;
      END IF;
      actual := CASE p_is[c] WHEN 'version' THEN p_versions[s] ELSE p_balances[s] END;
      IF (CASE p_is[c] WHEN 'balance-at-least' THEN actual >= p_values[c]
                       WHEN 'balance-at-most' THEN actual <= p_values[c]
                       ELSE actual = p_values[c] END) IS NOT TRUE THEN
        code := 'CONDITION_FAILED';
        facts := facts || jsonb_build_object('condition', (c - start)::text, 'is', p_is[c],
                   'expected', p_values[c]::text, 'actual', actual::text);
        RETURN;
      END IF;
      c := c + 1;
    END LOOP;
    facts := NULL;
  END $$`;

/** The legs of a batch's accepted entries before one that have some id, take it back, or step on it as a hold. */
const NEAR = `
  CREATE FUNCTION ledger.legs_before(p_entry int, p_id uuid, p_ids uuid[], p_links uuid[], p_seqs bigint[],
    p_first int[], p_slots int[], p_amounts bigint[], p_accounts bigint[])
    RETURNS TABLE (account bigint, amount bigint)
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p_accounts[p_slots[j]], p_amounts[j]
      FROM unnest(p_ids, p_links, p_seqs) WITH ORDINALITY AS u (id, link, seq, i),
           generate_series(p_first[u.i], p_first[u.i + 1] - 1) AS j
     WHERE u.i < p_entry AND u.seq > 0 AND (u.id = p_id OR u.link = p_id)
  $$`;

/** Reversals of one entry together never take back more of a posting than it moved, nor the other way round. */
const REVERSAL = `
  CREATE FUNCTION ledger.reversal_refusal(p_book int, p_owner text, p_entry int, p_ids uuid[], p_reverses uuid[],
    p_seqs bigint[], p_first int[], p_slots int[], p_amounts bigint[], p_accounts bigint[],
    p_paths text[], p_assets text[], OUT original bigint, OUT code text, OUT facts jsonb)
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE target CONSTANT uuid := p_reverses[p_entry]; old record; place int;
  BEGIN
    SELECT e.seq, e.reverses IS NOT NULL AS is_reversal, k.open, k.kind INTO old
      FROM ledger.entry e JOIN ledger.entry_kind k ON k.id = e.kind WHERE e.book = p_book AND e.id = target;
    original := old.seq;
    IF original IS NULL THEN
      place := array_position(p_ids, target);
      IF place < p_entry AND p_seqs[place] > 0 THEN
        original := p_seqs[place];
        SELECT original AS seq, p_reverses[place] IS NOT NULL AS is_reversal, true AS open, '' AS kind INTO old;
      END IF;
    END IF;
    IF original IS NULL OR old.is_reversal THEN
      code := CASE WHEN original IS NULL THEN 'REVERSAL_UNKNOWN' ELSE 'REVERSAL_OF_REVERSAL' END;
      facts := jsonb_build_object('reverses', target);
      RETURN;
    END IF;
    IF p_owner IS NULL AND NOT old.open THEN
      code := 'KIND_NOT_ALLOWED';
      facts := jsonb_build_object('kind', old.kind);
      RETURN;
    END IF;
    SELECT 'REVERSAL_EXCEEDS',
           jsonb_build_object('reverses', target, 'account', p_paths[q.slot], 'asset', p_assets[q.slot],
                              'left', q.rest::text)
      INTO code, facts
      FROM (
        SELECT j, p_slots[j] AS slot, p_amounts[j] AS amount,
               -coalesce((SELECT p.amount FROM ledger.posting p
                           WHERE p.book = p_book AND p.seq = original AND p.account = p_accounts[p_slots[j]]), 0)
               -coalesce((SELECT sum(p.amount) FROM ledger.entry e
                            JOIN ledger.posting p
                              ON p.book = e.book AND p.seq = e.seq AND p.account = p_accounts[p_slots[j]]
                           WHERE e.book = p_book AND e.reverses = original), 0)
               -coalesce((SELECT sum(b.amount)
                            FROM ledger.legs_before(p_entry, target, p_ids, p_reverses, p_seqs, p_first, p_slots,
                                                    p_amounts, p_accounts) b
                           WHERE b.account = p_accounts[p_slots[j]]), 0) AS rest
          FROM generate_series(p_first[p_entry], p_first[p_entry + 1] - 1) AS j
      ) q
     WHERE abs(q.amount) > abs(q.rest) OR sign(q.amount) <> sign(q.rest)
     ORDER BY q.j LIMIT 1;
  END $$`;

/** What a hold set aside and no step has taken yet, account by account. */
const HOLD_LEFT = `
  CREATE FUNCTION ledger.hold_left(p_book int, p_hold uuid)
    RETURNS TABLE (account bigint, asset int, leg int, held bigint, rest bigint)
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.account, p.asset, p.leg, -p.amount,
           (-p.amount - coalesce((SELECT sum(t.amount) FROM ledger.hold_step s
                                    JOIN ledger.posting t ON t.book = s.book AND t.seq = s.seq
                                                         AND t.account = p.account
                                   WHERE s.book = h.book AND s.hold = h.id), 0))::bigint
      FROM ledger.hold h
      JOIN ledger.posting p ON p.book = h.book AND p.seq = h.seq AND p.amount < 0
     WHERE h.book = p_book AND h.id = p_hold
  $$`;

/** What a hold of which nothing is left has become: committed if any step was, else what its last step was. */
const HOLD_STATE = `
  CREATE FUNCTION ledger.hold_state(p_steps text[]) RETURNS text
  LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN 'commit' = ANY (p_steps) THEN 'committed'
                WHEN p_steps[cardinality(p_steps)] = 'release' THEN 'released' ELSE 'expired' END
  $$`;

/**
 * A step takes value out of a hold: by its owner, in time, and not more than is left. Without p_part it takes all
 * that is left, and ends the hold.
 */
const HOLD_STEP = `
  CREATE FUNCTION ledger.hold_step_refusal(p_book int, p_owner text, p_at timestamptz, p_entry int, p_ids uuid[],
    p_ends uuid[], p_as text, p_part boolean, p_hold_until timestamptz[], p_hold_owners text[], p_ends_as text[],
    p_seqs bigint[], p_first int[], p_slots int[], p_amounts bigint[], p_accounts bigint[],
    p_paths text[], p_assets text[], OUT code text, OUT facts jsonb)
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE
    target CONSTANT uuid := p_ends[p_entry];
    h record; x record; place int; takes boolean := false; some_left boolean := false;
  BEGIN
    SELECT t.owner, t.expires_at, t.state INTO h FROM ledger.hold t WHERE t.book = p_book AND t.id = target;
    IF NOT FOUND THEN
      place := array_position(p_ids, target);
      IF place < p_entry AND p_seqs[place] > 0 AND p_hold_until[place] IS NOT NULL THEN
        SELECT p_hold_owners[place] AS owner, p_hold_until[place] AS expires_at, 'held' AS state INTO h;
      ELSE
        code := 'HOLD_UNKNOWN'; facts := jsonb_build_object('hold', target);
        RETURN;
      END IF;
    END IF;
    IF h.owner IS DISTINCT FROM p_owner THEN
      code := 'HOLD_NOT_OWNED'; facts := jsonb_build_object('hold', target, 'owner', h.owner);
      RETURN;
    END IF;
    FOR x IN
      WITH near AS (
        SELECT b.account, sum(b.amount) AS amount
          FROM ledger.legs_before(p_entry, target, p_ids, p_ends, p_seqs, p_first, p_slots, p_amounts, p_accounts) b
         GROUP BY b.account
      ), kept AS (
        SELECT l.account, l.leg, l.rest FROM ledger.hold_left(p_book, target) l
        UNION ALL
        SELECT p_accounts[p_slots[j]], j - p_first[place] + 1, 0
          FROM generate_series(p_first[place], p_first[place + 1] - 1) AS j WHERE p_amounts[j] < 0
      )
      SELECT k.account, k.rest - coalesce(n.amount, 0) AS rest,
             coalesce((SELECT p_amounts[j] FROM generate_series(p_first[p_entry], p_first[p_entry + 1] - 1) AS j
                        WHERE p_accounts[p_slots[j]] = k.account), 0) AS amount
        FROM kept k LEFT JOIN near n ON n.account = k.account ORDER BY k.leg
    LOOP
      some_left := some_left OR x.rest > 0;
      takes := takes OR x.amount > 0;
      IF code IS NULL AND (CASE WHEN p_part THEN x.amount < 0 OR x.amount > x.rest ELSE x.amount <> x.rest END) THEN
        code := CASE WHEN p_part THEN 'HOLD_AMOUNT_EXCEEDED' ELSE 'HOLD_AMOUNT_DIFFERS' END;
        SELECT jsonb_build_object('account', coalesce(a.path, p_paths[q.slot]),
                 'asset', coalesce(s.code, p_assets[q.slot]),
                 CASE WHEN p_part THEN 'left' ELSE 'held' END, x.rest::text) INTO facts
          FROM (SELECT array_position(p_accounts, x.account) AS slot) q
          LEFT JOIN ledger.account a ON a.book = p_book AND a.id = x.account
          LEFT JOIN ledger.asset s ON s.book = p_book AND s.id = a.asset;
      END IF;
    END LOOP;
    IF NOT some_left THEN
      IF h.state = 'held' THEN
        SELECT ledger.hold_state(array_agg(q."as" ORDER BY q.i)) INTO h.state
          FROM (SELECT s."as", 0 AS i FROM ledger.hold_step s WHERE s.book = p_book AND s.hold = target
                UNION ALL
                SELECT u."as", u.i FROM unnest(p_ends, p_ends_as, p_seqs) WITH ORDINALITY AS u (hold, "as", seq, i)
                 WHERE u.i < p_entry AND u.hold = target AND u.seq > 0) q;
      END IF;
      code := 'HOLD_ENDED'; facts := jsonb_build_object('state', h.state);
    ELSIF p_as = 'commit' AND p_at >= h.expires_at THEN
      code := 'HOLD_EXPIRED'; facts := jsonb_build_object('expiresAt', ledger.instant(h.expires_at));
    ELSIF p_as = 'expire' AND p_at < h.expires_at THEN
      code := 'HOLD_NOT_EXPIRED'; facts := jsonb_build_object('expiresAt', ledger.instant(h.expires_at));
    ELSIF code IS NULL AND NOT takes THEN
      code := 'HOLD_AMOUNT_DIFFERS'; facts := '{}';
    END IF;
    facts := facts || jsonb_build_object('hold', target);
  END $$`;
