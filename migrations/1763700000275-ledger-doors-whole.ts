import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The doors of posting: open kinds and the kinds of one owner, each with all that the posting function can do. */
export class LedgerDoorsWhole1763700000275 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.post_open, ledger.post_domain`);
    for (const door of [POST_OPEN, POST_DOMAIN, TAKE_FENCE]) await q.query(door);
    await q.query(
      `REVOKE ALL ON FUNCTION ledger.post_open, ledger.post_domain, ledger.take_fence FROM PUBLIC`,
    );
    await q.query(`
      GRANT EXECUTE ON FUNCTION ledger.post_open, ledger.post_domain, ledger.take_fence TO tanhui_app`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.take_fence, ledger.post_domain, ledger.post_open`);
  }
}

/**
 * A plan made while the tables are empty is kept as long as the connection lives, and would then read whole
 * tables at every posting. The batch is always small beside the tables, so the doors allow index access only. A plan
 * made for one call's values would hold its arrays as constants, where an element of text is found by walking.
 */
const INDEXES_ONLY = `SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_material = off
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off SET plan_cache_mode = force_generic_plan`;

const TERMS = `p_freeze boolean, p_dry boolean, p_batch uuid, p_batch_body bytea`;

const ENTRIES = `p_ids uuid[], p_bodies bytea[], p_kinds text[], p_actors text[], p_references text[],
    p_memos text[], p_effective timestamptz[], p_reverses uuid[]`;

const CONDITIONS = `p_condition_entries int[], p_condition_slots int[], p_condition_is text[],
    p_condition_values bigint[]`;

const LEGS = `p_first int[], p_paths text[], p_assets text[], p_slots int[], p_amounts bigint[]`;

const ANSWER = `OUT first_seq bigint, OUT first_at timestamptz, OUT answers jsonb, OUT balances bigint[],
    OUT versions bigint[]`;

/** Open kinds, on open accounts. */
const POST_OPEN = `
  CREATE FUNCTION ledger.post_open(${TERMS}, p_book int, ${ENTRIES}, ${CONDITIONS}, ${LEGS}, ${ANSWER})
  LANGUAGE plpgsql VOLATILE ${INDEXES_ONLY} AS $$
  BEGIN
    IF p_freeze IS NULL OR p_dry IS NULL THEN
      RAISE EXCEPTION 'a posting says its terms' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT p.first_seq, p.first_at, p.answers, p.balances, p.versions
      INTO first_seq, first_at, answers, balances, versions
      FROM ledger.post(p_book, NULL, p_freeze, p_dry, p_batch, p_batch_body, p_ids, p_bodies, p_kinds, p_actors,
        p_references, p_memos, p_effective, p_reverses, NULL, NULL, NULL, NULL, NULL,
        p_condition_entries, p_condition_slots, p_condition_is, p_condition_values,
        p_first, p_paths, p_assets, p_slots, p_amounts) p;
  END $$`;

/** The kinds of one owner, on the accounts that each kind allows, with holds. */
const POST_DOMAIN = `
  CREATE FUNCTION ledger.post_domain(p_owner text, ${TERMS}, p_book int, ${ENTRIES},
    p_hold_until timestamptz[], p_hold_owners text[], p_ends uuid[], p_ends_as text[], p_ends_part boolean[],
    ${CONDITIONS}, ${LEGS}, ${ANSWER})
  LANGUAGE plpgsql VOLATILE ${INDEXES_ONLY} AS $$
  BEGIN
    IF p_owner IS NULL OR p_freeze IS NULL OR p_dry IS NULL THEN
      RAISE EXCEPTION 'a domain posting names its owner and its terms' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT p.first_seq, p.first_at, p.answers, p.balances, p.versions
      INTO first_seq, first_at, answers, balances, versions
      FROM ledger.post(p_book, p_owner, p_freeze, p_dry, p_batch, p_batch_body, p_ids, p_bodies, p_kinds, p_actors,
        p_references, p_memos, p_effective, p_reverses, p_hold_until, p_hold_owners, p_ends, p_ends_as, p_ends_part,
        p_condition_entries, p_condition_slots, p_condition_is, p_condition_values,
        p_first, p_paths, p_assets, p_slots, p_amounts) p;
  END $$`;

/** For who must read the book as it is when his entry is decided: from here to the commit nobody else posts to it. */
const TAKE_FENCE = `
  CREATE FUNCTION ledger.take_fence(p_book int) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    PERFORM FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'book % has no ledger', p_book USING ERRCODE = 'foreign_key_violation';
    END IF;
  END $$`;
