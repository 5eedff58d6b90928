import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the background auditor has looked at and found. Apart from the ledger: nothing here is a fact of a book. */
export class AuditRuns1763700000295 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA audit`);
    for (const part of [RUNS, RECORD, STANDING]) await q.query(part);
    await q.query(`GRANT USAGE ON SCHEMA audit TO tanhui_app, tanhui_auditor`);
    await q.query(`GRANT SELECT ON audit.run TO tanhui_app, tanhui_auditor`);
    await q.query(`REVOKE ALL ON FUNCTION audit.record_run, audit.standing FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION audit.record_run TO tanhui_app`);
    await q.query(`GRANT EXECUTE ON FUNCTION audit.standing TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA audit CASCADE`);
  }
}

const RUNS = `
  CREATE TABLE audit.run (
    book     int NOT NULL REFERENCES platform.book (id),
    no       bigint NOT NULL,
    kind     text NOT NULL CHECK (kind IN ('whole', 'new')),
    ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    took_ms  int NOT NULL,
    -- Up to which number of each stream, and which seal, the book was verified.
    entry    bigint NOT NULL,
    refusal  bigint NOT NULL,
    event    bigint NOT NULL,
    seal     bigint NOT NULL,
    postings bigint NOT NULL,
    findings bigint NOT NULL,
    -- One line each, some of each code.
    examples text[] NOT NULL,
    PRIMARY KEY (book, no)
  )`;

/** Runs that found nothing and are older than a month tell nobody anything. */
const RECORD = `
  CREATE FUNCTION audit.record_run(p_book int, p_kind text, p_entry bigint, p_refusal bigint, p_event bigint,
    p_seal bigint, p_postings bigint, p_findings bigint, p_examples text[], p_took_ms int) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    PERFORM FROM platform.book b WHERE b.id = p_book FOR NO KEY UPDATE;
    INSERT INTO audit.run (book, no, kind, took_ms, entry, refusal, event, seal, postings, findings, examples)
    SELECT p_book, coalesce(max(r.no), 0) + 1, p_kind, p_took_ms, p_entry, p_refusal, p_event, p_seal, p_postings,
           p_findings, p_examples
      FROM audit.run r WHERE r.book = p_book;
    DELETE FROM audit.run r
     WHERE r.book = p_book AND r.findings = 0 AND r.ended_at < clock_timestamp() - interval '31 days'
       AND r.no < (SELECT max(w.no) FROM audit.run w WHERE w.book = p_book AND w.kind = 'whole');
  END $$`;

/** Where the runs since the last whole one have come to, and what they found. */
const STANDING = `
  CREATE FUNCTION audit.standing(p_book int)
    RETURNS TABLE (entry bigint, refusal bigint, event bigint, seal bigint, postings bigint, examples text[])
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH run AS (
      SELECT r.* FROM audit.run r
       WHERE r.book = p_book
         AND r.no >= coalesce((SELECT max(w.no) FROM audit.run w WHERE w.book = p_book AND w.kind = 'whole'), 0))
    SELECT max(r.entry), max(r.refusal), max(r.event), max(r.seal), sum(r.postings)::bigint,
           coalesce((SELECT array_agg(x.line ORDER BY x.no) FROM (
             SELECT DISTINCT ON (e.line) e.line, f.no FROM run f, unnest(f.examples) AS e (line)) x), '{}')
      FROM run r HAVING count(*) > 0
  $$`;
