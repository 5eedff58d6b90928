import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Books, their clocks, and the audit trail. */
export class PlatformBooks1763700000100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA platform`);
    await q.query(`GRANT USAGE ON SCHEMA platform TO tanhui_app, tanhui_auditor, tanhui_demo`);

    // A book is one fiscal unit's ledger. Only a rehearsal book has a clock of its own.
    await q.query(`
      CREATE TABLE platform.book (
        id       int  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        code     text COLLATE "C" NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
        name     text NOT NULL,
        mode     text NOT NULL CHECK (mode IN ('live', 'rehearsal')),
        region   text NOT NULL,
        clock_at timestamptz,
        opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT clock_only_in_rehearsal CHECK ((mode = 'rehearsal') = (clock_at IS NOT NULL))
      )`);
    await q.query(`GRANT SELECT ON platform.book TO tanhui_app, tanhui_auditor, tanhui_demo`);

    await q.query(`
      CREATE FUNCTION platform.book_now(p_book int) RETURNS timestamptz LANGUAGE sql VOLATILE
        SET search_path = pg_catalog AS $$
        SELECT coalesce((SELECT b.clock_at FROM platform.book b WHERE b.id = p_book), clock_timestamp())
      $$`);
    await q.query(`
      CREATE FUNCTION platform.open_live_book(p_code text, p_name text, p_region text) RETURNS int LANGUAGE sql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
        INSERT INTO platform.book (code, name, mode, region) VALUES (p_code, p_name, 'live', p_region) RETURNING id
      $$`);
    await q.query(`
      CREATE FUNCTION platform.open_rehearsal_book(p_code text, p_name text, p_region text, p_clock timestamptz)
        RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
        INSERT INTO platform.book (code, name, mode, region, clock_at)
        VALUES (p_code, p_name, 'rehearsal', p_region, p_clock) RETURNING id
      $$`);
    // A clock only moves on, and only in a rehearsal.
    await q.query(`
      CREATE FUNCTION platform.advance_clock(p_book int, p_to timestamptz) RETURNS timestamptz LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE now_at timestamptz;
      BEGIN
        UPDATE platform.book SET clock_at = p_to
         WHERE id = p_book AND mode = 'rehearsal' AND clock_at <= p_to RETURNING clock_at INTO now_at;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'book % is no rehearsal, or its clock is already past %', p_book, p_to
            USING ERRCODE = 'check_violation';
        END IF;
        RETURN now_at;
      END $$`);
    await q.query(`
      REVOKE ALL ON FUNCTION platform.open_live_book(text, text, text),
        platform.open_rehearsal_book(text, text, text, timestamptz),
        platform.advance_clock(int, timestamptz) FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION platform.open_live_book(text, text, text) TO tanhui_app`);
    await q.query(`
      GRANT EXECUTE ON FUNCTION platform.open_rehearsal_book(text, text, text, timestamptz),
        platform.advance_clock(int, timestamptz) TO tanhui_demo`);

    // One row per unit of work. The application can add and read, never change.
    await q.query(`
      CREATE TABLE platform.audit (
        book    int NOT NULL,
        id      bigint GENERATED ALWAYS AS IDENTITY,
        at      timestamptz NOT NULL,
        wall_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor   text NOT NULL,
        scope   text[] NOT NULL,
        action  text NOT NULL,
        subject text,
        facts   jsonb NOT NULL,
        PRIMARY KEY (book, id)
      )`);
    await q.query(`CREATE INDEX audit_subject ON platform.audit (book, subject, id)`);
    await q.query(`GRANT SELECT ON platform.audit TO tanhui_app, tanhui_auditor`);
    await q.query(`
      CREATE FUNCTION platform.record_audit(p_book int, p_at timestamptz, p_actor text, p_scope text[],
        p_action text, p_subject text, p_facts jsonb) RETURNS void LANGUAGE sql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
        INSERT INTO platform.audit (book, at, actor, scope, action, subject, facts)
        VALUES (p_book, p_at, p_actor, p_scope, p_action, p_subject, p_facts)
      $$`);
    await q.query(`
      REVOKE ALL ON FUNCTION platform.record_audit(int, timestamptz, text, text[], text, text, jsonb) FROM PUBLIC`);
    await q.query(`
      GRANT EXECUTE ON FUNCTION platform.record_audit(int, timestamptz, text, text[], text, text, jsonb)
        TO tanhui_app, tanhui_demo`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA platform CASCADE`);
  }
}
