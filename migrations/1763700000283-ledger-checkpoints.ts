import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Checkpoints are signed outside the database and taken in only when they say what the log says. */
export class LedgerCheckpoints1763700000283 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(ADD_CHECKPOINT);
    await q.query(`REVOKE ALL ON FUNCTION ledger.add_checkpoint FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ledger.add_checkpoint TO tanhui_app`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ledger.add_checkpoint`);
  }
}

const DOOR = `LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp`;

/** False when a checkpoint of this size or a larger one is there. A log that no longer fits its last one gets no more. */
const ADD_CHECKPOINT = `
  CREATE FUNCTION ledger.add_checkpoint(p_book int, p_size bigint, p_root bytea, p_note text) RETURNS boolean
  ${DOOR} AS $$
  DECLARE origin text; last record;
  BEGIN
    SELECT l.origin INTO origin FROM ledger.log l WHERE l.book = p_book FOR NO KEY UPDATE;
    SELECT c.size, c.root INTO last FROM ledger.checkpoint c WHERE c.book = p_book ORDER BY c.size DESC LIMIT 1;
    IF last.size >= p_size THEN RETURN false; END IF;
    IF ledger.log_root(p_book, last.size) IS DISTINCT FROM last.root THEN
      RAISE EXCEPTION 'the log of book % no longer fits its checkpoint of % seals', p_book, last.size
        USING ERRCODE = 'data_corrupted';
    END IF;
    IF p_root IS DISTINCT FROM ledger.log_root(p_book, p_size)
       OR NOT starts_with(p_note, format(E'%s\\n%s\\n%s\\n\\n', origin, p_size, encode(p_root, 'base64'))) THEN
      RAISE EXCEPTION 'a checkpoint of book % does not say what its log says', p_book
        USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO ledger.checkpoint (book, size, root, note) VALUES (p_book, p_size, p_root, p_note);
    RETURN true;
  END $$`;
