import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recomputes seals and checkpoints, finds rows of no book, and does all of it at once for whoever has only psql. */
export class LedgerFindingsWhole1763700000289 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [SEALS, CHECKPOINTS, BOOKS, FINDINGS]) await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${FUNCTIONS}`);
  }
}

const FUNCTIONS = `ledger.findings, ledger.check_books, ledger.check_checkpoints, ledger.check_seals`;

const AS_CHECK = `RETURNS SETOF ledger.finding
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS`;

/**
 * A seal continues the one before and its root is that of the records as they are now. A root that differs says that
 * something in its ranges was changed, whatever column it was.
 */
const SEALS = `
  CREATE FUNCTION ledger.check_seals(p_book int, p_from bigint, p_to bigint) ${AS_CHECK} $$
  BEGIN
    IF p_to < p_from THEN RETURN; END IF;
    RETURN QUERY
    SELECT w.code, 'seal', jsonb_build_object('no', s.no), w.columns, w.expected, w.found
      FROM ledger.seal s
      LEFT JOIN ledger.seal b ON b.book = p_book AND b.no = s.no - 1
      LEFT JOIN ledger.fence f ON f.book = p_book
     CROSS JOIN LATERAL (
        SELECT 'SEAL_GAP' AS code, '{no}'::text[] AS columns, to_jsonb(s.no - 1) AS expected, NULL::jsonb AS found
         WHERE s.no > 1 AND b.no IS NULL
        UNION ALL
        SELECT 'SEAL_OUT_OF_ORDER',
               '{first_entry,next_entry,first_refusal,next_refusal,first_event,next_event,sealed_at}',
               jsonb_build_object('entry', coalesce(b.next_entry, 1), 'refusal', coalesce(b.next_refusal, 1),
                                  'event', coalesce(b.next_event, 1), 'from', b.sealed_at),
               jsonb_build_object('entry', s.first_entry, 'refusal', s.first_refusal, 'event', s.first_event,
                                  'sealed_at', s.sealed_at)
         WHERE (s.first_entry, s.first_refusal, s.first_event)
                 <> (coalesce(b.next_entry, 1), coalesce(b.next_refusal, 1), coalesce(b.next_event, 1))
            OR s.sealed_at < b.sealed_at OR s.next_entry > f.next_seq OR s.next_refusal > f.next_refusal
            OR s.next_event > f.next_event
        UNION ALL
        SELECT 'SEAL_CHAIN_BROKEN', '{previous}', to_jsonb(encode(b.hash, 'hex')), to_jsonb(encode(s.previous, 'hex'))
         WHERE s.previous IS DISTINCT FROM coalesce(b.hash, decode(repeat('00', 32), 'hex'))
        UNION ALL
        SELECT 'SEAL_HASH_DIFFERS', '{hash}', to_jsonb(encode(ledger.seal_hash(s), 'hex')), to_jsonb(encode(s.hash, 'hex'))
         WHERE s.hash IS DISTINCT FROM ledger.seal_hash(s)
        UNION ALL
        SELECT 'SEAL_SUBTREES_DIFFER', '{subtrees}', to_jsonb(encode(ledger.log_subtrees(p_book, s.no, s.hash), 'hex')),
               to_jsonb(encode(s.subtrees, 'hex'))
         WHERE s.subtrees IS DISTINCT FROM ledger.log_subtrees(p_book, s.no, s.hash)
        UNION ALL
        SELECT 'SEALED_RECORDS_CHANGED', '{seed,root}', jsonb_build_object('root', encode(s.root, 'hex')),
               jsonb_build_object('entries', jsonb_build_array(s.first_entry, s.next_entry - 1),
                                  'refusals', jsonb_build_array(s.first_refusal, s.next_refusal - 1),
                                  'events', jsonb_build_array(s.first_event, s.next_event - 1))
         WHERE s.root IS DISTINCT FROM ledger.merkle_root(ledger.seal_leaves(p_book, s.seed, s.first_entry,
                 s.next_entry, s.first_refusal, s.next_refusal, s.first_event, s.next_event))) w
     WHERE s.book = p_book AND s.no BETWEEN p_from AND p_to;
    IF NOT EXISTS (SELECT FROM ledger.seal s WHERE s.book = p_book AND s.no = p_to) THEN
      RETURN QUERY SELECT 'SEAL_GAP', 'seal', jsonb_build_object('no', p_to), '{no}'::text[], to_jsonb(p_to), NULL::jsonb;
    END IF;
  END $$`;

/** A checkpoint says what the log says. Whether its signature holds is judged outside, where the key is known. */
const CHECKPOINTS = `
  CREATE FUNCTION ledger.check_checkpoints(p_book int) ${AS_CHECK} $$
  BEGIN
    RETURN QUERY
    SELECT 'CHECKPOINT_DIFFERS', 'checkpoint', jsonb_build_object('size', c.size), '{root,note}'::text[],
           jsonb_build_object('root', encode(ledger.log_root(p_book, c.size), 'hex'), 'origin', l.origin),
           jsonb_build_object('root', encode(c.root, 'hex'), 'note', c.note)
      FROM ledger.checkpoint c LEFT JOIN ledger.log l ON l.book = p_book
     WHERE c.book = p_book
       AND (c.root IS DISTINCT FROM ledger.log_root(p_book, c.size)
            OR starts_with(c.note, format(E'%s\\n%s\\n%s\\n\\n', l.origin, c.size, encode(c.root, 'base64'))) IS NOT TRUE);
  END $$`;

/** Rows that belong to no book are in nobody's view. Each table is asked for its books, not for its rows. */
const BOOKS = `
  CREATE FUNCTION ledger.check_books() ${AS_CHECK} $$
  DECLARE name text;
  BEGIN
    FOR name IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'book'
                 WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind = 'r' ORDER BY c.relname LOOP
      RETURN QUERY EXECUTE format($q$
        WITH RECURSIVE known AS (
          SELECT min(t.book) AS book FROM ledger.%1$I t
          UNION ALL
          SELECT (SELECT min(t.book) FROM ledger.%1$I t WHERE t.book > k.book) FROM known k WHERE k.book IS NOT NULL)
        SELECT 'BOOK_UNKNOWN', %1$L, jsonb_build_object('book', k.book), '{book}'::text[], NULL::jsonb, to_jsonb(k.book)
          FROM known k
         WHERE k.book IS NOT NULL AND NOT EXISTS (SELECT FROM platform.book b WHERE b.id = k.book)$q$, name);
    END LOOP;
  END $$`;

/** Everything of one book in one call and one snapshot. Large books are better checked in slices: "tanhui verify". */
const FINDINGS = `
  CREATE FUNCTION ledger.findings(p_book int) ${AS_CHECK} $$
  DECLARE
    least CONSTANT bigint := -9223372036854775808;
    most CONSTANT bigint := 9223372036854775807;
    ends record;
  BEGIN
    SELECT (SELECT max(e.seq) FROM ledger.entry e WHERE e.book = p_book) AS seq,
           (SELECT max(r.no) FROM ledger.refusal r WHERE r.book = p_book) AS refusal,
           (SELECT max(v.no) FROM ledger.event v WHERE v.book = p_book) AS event,
           (SELECT max(s.no) FROM ledger.seal s WHERE s.book = p_book) AS seal INTO ends;
    RETURN QUERY SELECT * FROM ledger.check_fence(p_book);
    RETURN QUERY SELECT * FROM ledger.check_entries(p_book, 1, coalesce(ends.seq, 0));
    RETURN QUERY SELECT * FROM ledger.check_chain(p_book, least, most);
    RETURN QUERY SELECT * FROM ledger.check_totals(p_book, least, most);
    IF EXISTS (SELECT FROM ledger.period d WHERE d.book = p_book)
       OR EXISTS (SELECT FROM ledger.period_balance k WHERE k.book = p_book) THEN
      RETURN QUERY SELECT * FROM ledger.check_period_balances(p_book, least, most);
    END IF;
    RETURN QUERY SELECT * FROM ledger.check_refusals(p_book, 1, coalesce(ends.refusal, 0));
    RETURN QUERY SELECT * FROM ledger.check_events(p_book, 1, coalesce(ends.event, 0));
    RETURN QUERY SELECT * FROM ledger.check_terms(p_book);
    RETURN QUERY SELECT * FROM ledger.check_account_terms(p_book, 0, 1);
    RETURN QUERY SELECT * FROM ledger.check_holds(p_book, 0, 1);
    RETURN QUERY SELECT * FROM ledger.check_hold_steps(p_book, 0, 1);
    RETURN QUERY SELECT * FROM ledger.check_periods(p_book);
    RETURN QUERY SELECT * FROM ledger.check_seals(p_book, 1, coalesce(ends.seal, 0));
    RETURN QUERY SELECT * FROM ledger.check_checkpoints(p_book);
  END $$`;
