import { readFileSync } from 'node:fs';

import { adminOf, withClient } from '../harness/cluster.mjs';
import { programOf } from '../harness/programs.mjs';
import { freePort } from '../harness/service.mjs';

const DATABASE = 'typeorm';
const SCHEMA = new URL('../baselines/typeorm/schema.sql', import.meta.url);
/** A fixed pool would flatter us: a hot row likes a small one, random pairs a larger one. */
export const POOLS = [2, 4, 8, 16];

/** The service that a careful team would write: bench/baselines/typeorm. */
export class TypeormBaseline {
  constructor(stage) {
    this.stage = stage;
    this.url = adminOf(stage.cluster, DATABASE);
  }

  async prepare({ accounts }) {
    await withClient(this.stage.cluster.adminUrl, (admin) => admin.query(`CREATE DATABASE ${DATABASE}`));
    await withClient(this.url, async (admin) => {
      await admin.query(readFileSync(SCHEMA, 'utf8'));
      await admin.query(
        `INSERT INTO account (id, path, asset, floor, credits)
         SELECT n + 2, 'p' || lpad(n::text, 6, '0'), 'CNY', 0, 1000000000 FROM generate_series(0, $1::int - 1) n
         UNION ALL SELECT 1, 'hot', 'CNY', 0, 10000000000000`,
        [accounts],
      );
      await admin.query('VACUUM ANALYZE');
    });
  }

  async start(pool) {
    const port = await freePort();
    const service = await this.stage.start({
      name: `typeorm-${pool}`,
      program: programOf('bench/baselines/typeorm/main'),
      environment: { DATABASE_URL: this.url, PORT: String(port), POOL: String(pool) },
      ready: 'ready',
    });
    return Object.assign(service, { port });
  }

  /** Its own books must add up too: what it answered with 201 is there, and sums are zero. */
  async check(accepted) {
    const [found] = await withClient(this.url, async (admin) => {
      const sql = `SELECT (SELECT count(*)::int FROM entry) AS entries, (SELECT sum(amount)::int FROM posting) AS sum,
                          (SELECT count(*)::int FROM posting) AS postings`;
      return (await admin.query(sql)).rows;
    });
    if (found.entries !== accepted || found.postings !== 2 * accepted || found.sum !== 0) {
      throw new Error(
        `the TypeORM baseline lost posts: ${accepted} accepted, ${JSON.stringify(found)} found`,
      );
    }
  }
}
