import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Jobs that were given up are counted whenever somebody looks at the metrics; the jobs that are done are in the way. */
export class DeadJobs1763700000296 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX job_dead ON platform.job (name) WHERE state = 'dead'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX platform.job_dead`);
  }
}
