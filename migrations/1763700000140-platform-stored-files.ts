import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The files that orders, reversals and reports rest on, under the hash by which they name them. Scans hold names and
 * numbers of people: nobody reads the bytes but the application, which writes down who asked.
 */
export class PlatformStoredFiles1763700000140 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [FILES, DIFFERING]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON platform.stored_file TO tanhui_app;
      GRANT SELECT (book, sha256, media_type, size, stored_by, stored_at) ON platform.stored_file TO tanhui_auditor;
      REVOKE ALL ON FUNCTION platform.stored_files_that_differ(int) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION platform.stored_files_that_differ(int) TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION platform.stored_files_that_differ(int);
      DROP TABLE platform.stored_file`);
  }
}

/** Scans are compressed already: trying it again costs time and gains nothing. */
const FILES = `
  CREATE TABLE platform.stored_file (
    book       int  NOT NULL REFERENCES platform.book (id),
    sha256     text COLLATE "C" NOT NULL,
    media_type text NOT NULL CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png', 'application/ofd',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv', 'text/plain')),
    bytes      bytea NOT NULL,
    size       int  NOT NULL CHECK (size BETWEEN 1 AND 8388608),
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    stored_by  text NOT NULL,
    stored_at  timestamptz NOT NULL,
    PRIMARY KEY (book, sha256),
    CONSTRAINT size_is_of_the_bytes CHECK (octet_length(bytes) = size),
    CONSTRAINT key_is_the_hash_of_the_bytes CHECK (sha256 = encode(sha256(bytes), 'hex'))
  );
  ALTER TABLE platform.stored_file ALTER COLUMN bytes SET STORAGE EXTERNAL`;

/** For the auditor, who may know that a file is not what it was and not what is in it. */
const DIFFERING = `
  CREATE FUNCTION platform.stored_files_that_differ(p_book int) RETURNS TABLE (key text, found text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.sha256, encode(sha256(f.bytes), 'hex') FROM platform.stored_file f
     WHERE f.book = p_book
       AND (f.sha256 <> encode(sha256(f.bytes), 'hex') OR f.size <> octet_length(f.bytes))
  $$`;
