import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The two ways into an empty installation: the owner's first administrator, and the staff of a rehearsal. */
export class IdentityFirstUsers1763700000410 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION identity.create_first_administrator(p_id uuid, p_login text, p_password_hash text, p_name text)
        RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        -- Two first starts at once: the second waits here, then finds the first one's administrator.
        LOCK TABLE identity.assignments IN SHARE ROW EXCLUSIVE MODE;
        IF EXISTS (SELECT 1 FROM identity.assignments WHERE book = 0 AND post = 'administrator') THEN
          RETURN false;
        END IF;
        INSERT INTO identity.users (id, kind, login, password_hash, display_name)
        VALUES (p_id, 'staff', p_login, p_password_hash, p_name);
        INSERT INTO identity.assignments (book, user_id, post, region, valid_from)
        VALUES (0, p_id, 'administrator', '', (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date);
        PERFORM platform.record_audit(0, clock_timestamp(), 'owner', '{}', 'identity.create-first-administrator',
                                      'user/' || p_id, '{}');
        RETURN true;
      END $$`);
    await q.query(
      `REVOKE ALL ON FUNCTION identity.create_first_administrator(uuid, text, text, text) FROM PUBLIC`,
    );

    // Never touches a user that is there: a rehearsal must not change how a live book's staff sign in.
    await q.query(`
      CREATE FUNCTION identity.demo_staff(p_book int, p_login text, p_password_hash text, p_name text,
        p_post text, p_region text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE
        user_id uuid := gen_random_uuid();
        today date := (platform.book_now(p_book) AT TIME ZONE 'Asia/Shanghai')::date;
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM platform.book WHERE id = p_book AND mode = 'rehearsal') THEN
          RAISE EXCEPTION 'book % is no rehearsal', p_book USING ERRCODE = 'check_violation';
        END IF;
        IF p_login = 'admin' THEN
          RAISE EXCEPTION 'the login admin is kept for the first administrator' USING ERRCODE = 'check_violation';
        END IF;
        INSERT INTO identity.users (id, kind, login, password_hash, display_name)
        VALUES (user_id, 'staff', p_login, p_password_hash, p_name);
        INSERT INTO identity.assignments (book, user_id, post, region, valid_from)
        VALUES (p_book, user_id, p_post, p_region, today);
        PERFORM platform.record_audit(p_book, platform.book_now(p_book), 'demo', '{}', 'identity.demo-staff',
                                      'user/' || user_id, '{}');
        RETURN user_id;
      END $$`);
    await q.query(
      `REVOKE ALL ON FUNCTION identity.demo_staff(int, text, text, text, text, text) FROM PUBLIC`,
    );
    await q.query(
      `GRANT EXECUTE ON FUNCTION identity.demo_staff(int, text, text, text, text, text) TO tanhui_demo`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION identity.demo_staff(int, text, text, text, text, text)`);
    await q.query(`DROP FUNCTION identity.create_first_administrator(uuid, text, text, text)`);
  }
}
