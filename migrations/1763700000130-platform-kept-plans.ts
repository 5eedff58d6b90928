import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What every posting calls, in PL/pgSQL: its statements are planned once a connection. A function in SQL that cannot
 * be inlined is read and planned anew at every call, which was a third of a single post.
 */
export class PlatformKeptPlans1763700000130 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE OR REPLACE FUNCTION platform.book_now(p_book int) RETURNS timestamptz LANGUAGE plpgsql VOLATILE
        SET search_path = pg_catalog AS $$
      BEGIN
        RETURN coalesce((SELECT b.clock_at FROM platform.book b WHERE b.id = p_book), clock_timestamp());
      END $$`);
    await q.query(`
      CREATE OR REPLACE FUNCTION platform.record_audit(p_book int, p_at timestamptz, p_actor text, p_scope text[],
        p_action text, p_subject text, p_facts jsonb) RETURNS void LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
        INSERT INTO platform.audit (book, at, actor, scope, action, subject, facts)
        VALUES (p_book, p_at, p_actor, p_scope, p_action, p_subject, p_facts);
      END $$`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE OR REPLACE FUNCTION platform.book_now(p_book int) RETURNS timestamptz LANGUAGE sql VOLATILE
        SET search_path = pg_catalog AS $$
        SELECT coalesce((SELECT b.clock_at FROM platform.book b WHERE b.id = p_book), clock_timestamp())
      $$`);
    await q.query(`
      CREATE OR REPLACE FUNCTION platform.record_audit(p_book int, p_at timestamptz, p_actor text, p_scope text[],
        p_action text, p_subject text, p_facts jsonb) RETURNS void LANGUAGE sql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
        INSERT INTO platform.audit (book, at, actor, scope, action, subject, facts)
        VALUES (p_book, p_at, p_actor, p_scope, p_action, p_subject, p_facts)
      $$`);
  }
}
