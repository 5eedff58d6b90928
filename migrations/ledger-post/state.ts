/** What ledger.post_batch knows of a batch while it decides it: arrays by entry, by leg, by account. */
export const STATE = `
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
    touched int; frozen int := 0;`;
