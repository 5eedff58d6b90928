/** What ledger.post and ledger.post_batch are given. */
export const BATCH = `
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

/** And what they answer. */
export const ANSWER = `
    OUT first_seq bigint, OUT first_at timestamptz,
    OUT answers jsonb,         -- of the entries that were not posted now; NULL when all were
    OUT balances bigint[], OUT versions bigint[]`;

/** The same again, to hand it on. */
export const GIVEN = `p_book, p_owner, p_freeze, p_dry, p_batch, p_batch_body, p_ids, p_bodies, p_kinds, p_actors,
          p_references, p_memos, p_effective, p_reverses, p_hold_until, p_hold_owners, p_ends, p_ends_as, p_ends_part,
          p_condition_entries, p_condition_slots, p_condition_is, p_condition_values, p_first, p_paths, p_assets,
          p_slots, p_amounts`;
