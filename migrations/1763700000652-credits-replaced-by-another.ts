import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever proposed a reversal settles none of it. What came back unsold is cancelled by whoever brings it back. */
export class CreditsReplacedByAnother1763700000652 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION credits.guard_replacement() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        PERFORM FROM added a JOIN credits.reversal v ON v.book = a.book AND v.id = a.reversal
         WHERE v.proposed_by = a.replaced_by AND (a.by_issuance, a.by_serials) <> (a.issuance, a.serials);
        IF FOUND THEN
          RAISE EXCEPTION 'whoever proposed a reversal does not settle it' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER replaced_by_another AFTER INSERT ON credits.replacement
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION credits.guard_replacement()`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER replaced_by_another ON credits.replacement;
      DROP FUNCTION credits.guard_replacement`);
  }
}
