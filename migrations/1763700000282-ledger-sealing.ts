import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a seal is made: the tree over its leaves, its place in the log, and the door that adds the next one. */
export class LedgerSealing1763700000282 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [MERKLE_ROOT, SEAL_LEAVES, SEAL_HASH, LOG_SUBTREES, LOG_ROOT, OPEN_LOG, SEAL_NEXT])
      await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ${READS}, ${DOORS} FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${READS} TO tanhui_app, tanhui_auditor`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${DOORS} TO tanhui_app`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${DOORS}, ${READS}`);
  }
}

const READS = `ledger.merkle_root, ledger.seal_leaves, ledger.seal_hash, ledger.log_subtrees, ledger.log_root`;
const DOORS = `ledger.open_log, ledger.seal_next`;

/**
 * The root of RFC 6962 over hashes that are written one behind the other. Pairing from below, with an odd last one
 * carried up, builds the same tree as splitting from above.
 */
const MERKLE_ROOT = `
  CREATE FUNCTION ledger.merkle_root(p_hashes bytea) RETURNS bytea
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE hashes bytea := p_hashes;
  BEGIN
    WHILE octet_length(hashes) > 32 LOOP
      SELECT string_agg(CASE WHEN octet_length(pair) = 64 THEN sha256('\\x01'::bytea || pair) ELSE pair END,
                        ''::bytea ORDER BY i) INTO hashes
        FROM (SELECT i, substring(hashes, 64 * i + 1, 64) AS pair
                FROM generate_series(0, (octet_length(hashes) - 1) / 64) AS i OFFSET 0) q;
    END LOOP;
    RETURN hashes;
  END $$`;

/** Hashes of the leaves, one behind the other: entries, then refusals, then events. */
const SEAL_LEAVES = `
  CREATE FUNCTION ledger.seal_leaves(p_book int, p_seed bytea, p_first_entry bigint, p_next_entry bigint,
    p_first_refusal bigint, p_next_refusal bigint, p_first_event bigint, p_next_event bigint) RETURNS bytea
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
  -- A stretch of numbers: read by the indexes, with a plan for this stretch.
  SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET jit = off AS $$
  DECLARE entries bytea := ''; refusals bytea := ''; events bytea := '';
  BEGIN
    IF p_next_entry > p_first_entry THEN
      SELECT coalesce(string_agg(ledger.leaf_hash(p_seed, '\\x01', f.no, f.form), ''::bytea ORDER BY f.no), '')
        INTO entries FROM ledger.entry_forms(p_book, p_first_entry, p_next_entry) f;
    END IF;
    IF p_next_refusal > p_first_refusal THEN
      SELECT coalesce(string_agg(ledger.leaf_hash(p_seed, '\\x02', f.no, f.form), ''::bytea ORDER BY f.no), '')
        INTO refusals FROM ledger.refusal_forms(p_book, p_first_refusal, p_next_refusal) f;
    END IF;
    IF p_next_event > p_first_event THEN
      SELECT coalesce(string_agg(ledger.leaf_hash(p_seed, '\\x03', f.no, f.form), ''::bytea ORDER BY f.no), '')
        INTO events FROM ledger.event_forms(p_book, p_first_event, p_next_event) f;
    END IF;
    RETURN entries || refusals || events;
  END $$`;

/** SHA-256(0x00 ‖ form): the seal's leaf in the log, and what the next seal names as the one before. */
const SEAL_HASH = `
  CREATE FUNCTION ledger.seal_hash(s ledger.seal) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256('\\x00'::bytea || record_send(ROW(
      convert_to('tanhui seal 1', 'UTF8'), s.no::int8, s.first_entry::int8, s.next_entry::int8,
      s.first_refusal::int8, s.next_refusal::int8, s.first_event::int8, s.next_event::int8,
      s.root::bytea, s.previous::bytea, s.sealed_at::timestamptz)))
  $$`;

/** The perfect subtrees of the log that end with a seal of this number and hash, but for itself. */
const LOG_SUBTREES = `
  CREATE FUNCTION ledger.log_subtrees(p_book int, p_no bigint, p_hash bytea) RETURNS bytea
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE subtrees bytea := ''; node bytea := p_hash; height int := 0; sibling bytea;
  BEGIN
    WHILE (p_no >> height) & 1 = 0 LOOP
      SELECT CASE WHEN height = 0 THEN s.hash ELSE substring(s.subtrees, 32 * (height - 1) + 1, 32) END INTO sibling
        FROM ledger.seal s WHERE s.book = p_book AND s.no = p_no - (1::bigint << height);
      node := sha256('\\x01'::bytea || sibling || node);
      subtrees := subtrees || node;
      height := height + 1;
    END LOOP;
    RETURN subtrees;
  END $$`;

/** The root of RFC 6962 over the first seals of a log, from the subtrees they carry. */
const LOG_ROOT = `
  CREATE FUNCTION ledger.log_root(p_book int, p_size bigint) RETURNS bytea
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  DECLARE root bytea; node bytea; last bigint := p_size; height int;
  BEGIN
    WHILE last > 0 LOOP
      height := 0;
      WHILE (last >> height) & 1 = 0 LOOP height := height + 1; END LOOP;
      SELECT CASE WHEN height = 0 THEN s.hash ELSE substring(s.subtrees, 32 * (height - 1) + 1, 32) END INTO node
        FROM ledger.seal s WHERE s.book = p_book AND s.no = last;
      IF node IS NULL THEN RETURN NULL; END IF;
      root := CASE WHEN root IS NULL THEN node ELSE sha256('\\x01'::bytea || node || root) END;
      last := last - (1::bigint << height);
    END LOOP;
    RETURN root;
  END $$`;

const DOOR = `LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp`;

/** Names a book's log. A log that has a name keeps it, and the answer is that one. */
const OPEN_LOG = `
  CREATE FUNCTION ledger.open_log(p_book int, p_origin text) RETURNS text ${DOOR} AS $$
  BEGIN
    INSERT INTO ledger.log (book, origin) VALUES (p_book, p_origin) ON CONFLICT (book) DO NOTHING;
    RETURN (SELECT l.origin FROM ledger.log l WHERE l.book = p_book);
  END $$`;

/**
 * Seals what was committed since the last seal, up to 8,192 of each stream or 40,000 postings. Answers with the
 * seal's number, or nothing: nothing is new, or somebody else is sealing this book at this moment.
 */
const SEAL_NEXT = `
  CREATE FUNCTION ledger.seal_next(p_book int, OUT no bigint, OUT records bigint, OUT more boolean) ${DOOR} AS $$
  DECLARE
    most CONSTANT bigint := 8192;
    most_legs CONSTANT bigint := 40000;
    head record; last ledger.seal; fresh ledger.seal; leaves bytea;
  BEGIN
    PERFORM FROM ledger.log l WHERE l.book = p_book FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT s.* INTO last FROM ledger.seal s WHERE s.book = p_book ORDER BY s.no DESC LIMIT 1;
    -- Numbers are given under the fence, so all below its next ones are committed and stay.
    SELECT f.next_seq, f.next_refusal, f.next_event INTO head FROM ledger.fence f WHERE f.book = p_book;

    fresh.book := p_book;
    fresh.no := coalesce(last.no, 0) + 1;
    fresh.first_entry := coalesce(last.next_entry, 1);
    fresh.first_refusal := coalesce(last.next_refusal, 1);
    fresh.first_event := coalesce(last.next_event, 1);
    SELECT coalesce(max(q.seq) + 1, fresh.first_entry) INTO fresh.next_entry
      FROM (SELECT e.seq, sum(e.legs) OVER (ORDER BY e.seq) AS legs FROM ledger.entry e
             WHERE e.book = p_book AND e.seq >= fresh.first_entry AND e.seq < head.next_seq
             ORDER BY e.seq LIMIT most) q
     WHERE q.legs <= most_legs OR q.seq = fresh.first_entry;
    fresh.next_refusal := least(head.next_refusal, fresh.first_refusal + most);
    fresh.next_event := least(head.next_event, fresh.first_event + most);
    records := fresh.next_entry + fresh.next_refusal + fresh.next_event
             - fresh.first_entry - fresh.first_refusal - fresh.first_event;
    IF records = 0 THEN RETURN; END IF;

    fresh.seed := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    leaves := ledger.seal_leaves(p_book, fresh.seed, fresh.first_entry, fresh.next_entry,
      fresh.first_refusal, fresh.next_refusal, fresh.first_event, fresh.next_event);
    IF octet_length(leaves) <> 32 * records THEN
      RAISE EXCEPTION 'book % lacks records between its last seal and its fence', p_book
        USING ERRCODE = 'data_corrupted';
    END IF;
    fresh.root := ledger.merkle_root(leaves);
    fresh.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
    fresh.sealed_at := clock_timestamp();
    fresh.hash := ledger.seal_hash(fresh);
    fresh.subtrees := ledger.log_subtrees(p_book, fresh.no, fresh.hash);
    INSERT INTO ledger.seal SELECT fresh.*;
    no := fresh.no;
    more := fresh.next_entry < head.next_seq OR fresh.next_refusal < head.next_refusal
         OR fresh.next_event < head.next_event;
  END $$`;
