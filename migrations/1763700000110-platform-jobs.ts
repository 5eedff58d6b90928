import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The row is the job; the queue only wakes. */
export class PlatformJobs1763700000110 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE platform.job (
        book        int  NOT NULL,
        id          uuid NOT NULL,
        name        text NOT NULL,
        queue       text NOT NULL,
        payload     jsonb NOT NULL,
        state       text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'running', 'done', 'dead')),
        attempt     int  NOT NULL DEFAULT 0,
        attempts_max int NOT NULL,
        -- Grows with every claim and never shrinks: a sleeper's old claim is told from the new one.
        claim_no    int  NOT NULL DEFAULT 0,
        -- When the business wants it, by the book's clock.
        due_at      timestamptz NOT NULL,
        -- When it may be tried (again), by the wall clock: a rehearsal's frozen clock must not stop retries.
        retry_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
        lease_until timestamptz,
        woken_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
        last_error  text,
        created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
        finished_at timestamptz,
        PRIMARY KEY (book, id)
      )`);
    await q.query(`CREATE INDEX job_open ON platform.job (retry_at) WHERE state IN ('due', 'running')`);
    await q.query(`GRANT SELECT, INSERT, UPDATE ON platform.job TO tanhui_app`);
    await q.query(`GRANT SELECT ON platform.job TO tanhui_auditor, tanhui_demo`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE platform.job`);
  }
}
