import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A county that was just loaded is not in the planner's statistics, and a join over a book it believes empty is
 * planned as a loop over everything. Whoever loads in bulk has the tables looked at before the next reader comes.
 */
export class PlatformStatistics1763700000120 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION platform.refresh_statistics(p_schema text) RETURNS void LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE target regclass;
      BEGIN
        FOR target IN
          SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = p_schema AND c.relkind = 'r' AND pg_get_userbyid(c.relowner) = current_user
           ORDER BY c.oid
        LOOP
          EXECUTE format('ANALYZE %s', target);
        END LOOP;
      END $$`);
    await q.query(`REVOKE ALL ON FUNCTION platform.refresh_statistics(text) FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION platform.refresh_statistics(text) TO tanhui_app`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION platform.refresh_statistics(text)`);
  }
}
