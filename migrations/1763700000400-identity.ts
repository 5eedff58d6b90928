import type { MigrationInterface, QueryRunner } from 'typeorm';

/** code · Chinese name · English name. Their order in a chain of approval belongs to the programme, not here. */
const POSTS = [
  ['administrator', '系统管理员', 'Administrator'],
  ['auditor', '审计', 'Auditor'],
  ['village-clerk', '村经办', 'Village clerk'],
  ['town-finance', '镇财政所复核', 'Town finance re-check'],
  ['forestry-handler', '林业局经办', 'Forestry bureau handler'],
  ['forestry-reviewer', '林业局复核', 'Forestry bureau re-check'],
  ['finance-review', '财政局业务股审核', 'Finance bureau review'],
  ['payout-centre', '惠农资金兑付中心', 'Payout centre'],
  ['credit-registrar', '碳汇登记', 'Credit registrar'],
  ['card-operator', '认购运营', 'Card operator'],
  ['indicator-keeper', '指标管理', 'Indicator keeper'],
] as const;

/** Users, their posts, their sessions and one-time codes. Users belong to no book, their assignments do. */
export class Identity1763700000400 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE SCHEMA identity`);
    await q.query(`GRANT USAGE ON SCHEMA identity TO tanhui_app, tanhui_auditor, tanhui_demo`);
    await this.users(q);
    await this.assignments(q);
    await this.sessions(q);
    await this.attempts(q);
    await this.grants(q);
  }

  private async users(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE identity.users (
        id            uuid PRIMARY KEY,
        kind          text NOT NULL CHECK (kind IN ('staff', 'person')),
        login         text COLLATE "C" UNIQUE CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
        password_hash text CHECK (starts_with(password_hash, '$scrypt$')),
        display_name  text,
        phone_sealed  bytea,
        phone_index   bytea UNIQUE,
        created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
        disabled_at   timestamptz,
        CONSTRAINT staff_sign_in_by_password CHECK (
          num_nonnulls(login, password_hash, display_name) = CASE kind WHEN 'staff' THEN 3 ELSE 0 END),
        CONSTRAINT persons_sign_in_by_phone CHECK (
          num_nonnulls(phone_sealed, phone_index) = CASE kind WHEN 'person' THEN 2 ELSE 0 END)
      )`);
  }

  private async assignments(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE identity.posts (
        code    text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[a-z]+(-[a-z]+)*$'),
        name_zh text NOT NULL,
        name_en text NOT NULL
      )`);
    await q.query(`INSERT INTO identity.posts SELECT * FROM unnest($1::text[], $2::text[], $3::text[])`, [
      POSTS.map(([code]) => code),
      POSTS.map(([, nameZh]) => nameZh),
      POSTS.map(([, , nameEn]) => nameEn),
    ]);
    await q.query(`
      CREATE TABLE identity.assignments (
        -- 0 stands for every book.
        book       int  NOT NULL,
        user_id    uuid NOT NULL REFERENCES identity.users (id),
        post       text COLLATE "C" NOT NULL REFERENCES identity.posts (code),
        -- Empty stands for every region.
        region     text COLLATE "C" NOT NULL,
        valid_from date NOT NULL,
        -- The first day it no longer holds.
        valid_to   date,
        acting_order_no text,
        one_book   int  GENERATED ALWAYS AS (nullif(book, 0)) STORED REFERENCES platform.book (id),
        one_region text COLLATE "C" GENERATED ALWAYS AS (nullif(region, '')) STORED REFERENCES regions.region (code),
        PRIMARY KEY (book, user_id, post, region, valid_from),
        CONSTRAINT ends_after_it_begins CHECK (valid_to > valid_from),
        -- Acting for another (岗位代理) is limited in time.
        CONSTRAINT acting_ends CHECK (acting_order_no IS NULL OR valid_to IS NOT NULL)
      )`);
    await q.query(`CREATE INDEX assignments_user ON identity.assignments (user_id)`);
  }

  private async sessions(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE identity.sessions (
        token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
        user_id    uuid NOT NULL REFERENCES identity.users (id),
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        ended_at   timestamptz
      )`);
    await q.query(`CREATE INDEX sessions_user ON identity.sessions (user_id)`);
  }

  private async attempts(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE identity.one_time_codes (
        id          uuid PRIMARY KEY,
        phone_index bytea NOT NULL,
        -- Keyed: a million codes would be searched through a plain digest in a second.
        code_hash   bytea NOT NULL CHECK (length(code_hash) = 32),
        created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at  timestamptz NOT NULL,
        attempts    int NOT NULL DEFAULT 0,
        used_at     timestamptz
      )`);
    await q.query(
      `CREATE INDEX one_time_codes_phone ON identity.one_time_codes (phone_index, created_at DESC)`,
    );
    await q.query(`CREATE INDEX one_time_codes_age ON identity.one_time_codes (created_at)`);
    // By the digest of what was typed, user or not: a lock-out must not tell which logins exist, and people type
    // their password into the wrong field.
    await q.query(`
      CREATE TABLE identity.sign_in_attempts (
        login_digest bytea PRIMARY KEY CHECK (length(login_digest) = 32),
        attempts     int NOT NULL,
        first_at     timestamptz NOT NULL
      )`);
    await q.query(`CREATE INDEX sign_in_attempts_age ON identity.sign_in_attempts (first_at)`);
  }

  /** An auditor sees who holds what and who signed in when, never what could be used to sign in. */
  private async grants(q: QueryRunner): Promise<void> {
    await q.query(`GRANT SELECT, INSERT ON identity.users, identity.assignments TO tanhui_app`);
    await q.query(`GRANT SELECT ON identity.posts TO tanhui_app, tanhui_auditor, tanhui_demo`);
    await q.query(`GRANT SELECT, INSERT ON identity.sessions TO tanhui_app`);
    await q.query(`GRANT SELECT, INSERT, DELETE ON identity.one_time_codes TO tanhui_app`);
    await q.query(`GRANT UPDATE (ended_at) ON identity.sessions TO tanhui_app`);
    await q.query(`GRANT UPDATE (attempts, used_at) ON identity.one_time_codes TO tanhui_app`);
    await q.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON identity.sign_in_attempts TO tanhui_app`);
    await q.query(
      `GRANT SELECT (id, kind, login, display_name, created_at, disabled_at) ON identity.users TO tanhui_auditor`,
    );
    await q.query(`GRANT SELECT ON identity.assignments TO tanhui_auditor`);
    await q.query(
      `GRANT SELECT (user_id, created_at, expires_at, ended_at) ON identity.sessions TO tanhui_auditor`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA identity CASCADE`);
  }
}
