import { Injectable } from '@nestjs/common';

import { Database } from '../database/database';
import { Metrics } from '../metrics/metrics';

interface JobCount {
  readonly name: string;
  readonly state: 'waiting' | 'due' | 'running' | 'dead';
  readonly jobs: number;
}

/** How many jobs there are that are not done, read from the database when somebody asks. */
@Injectable()
export class JobGauge {
  constructor(
    metrics: Metrics,
    private readonly database: Database,
  ) {
    metrics.gauge(
      {
        name: 'tanhui_jobs',
        help: 'Jobs that are not done: waiting for their time, due, running, or dead and waiting for a person.',
        labels: ['name', 'state'],
      },
      async (gauge) => {
        gauge.reset();
        // Without the database nothing is known, and no number is better than an old one.
        const counts = await this.count().catch(() => []);
        for (const { name, state, jobs } of counts) gauge.set({ name, state }, jobs);
      },
    );
  }

  /** Those that are done are most of the table and are left out: both halves read an index of the others. */
  private count(): Promise<JobCount[]> {
    return this.database.query<JobCount>(`
      SELECT o.name, o.state, count(*)::int AS jobs
        FROM (SELECT j.name, CASE WHEN j.state = 'due' AND (j.retry_at > clock_timestamp() OR j.due_at > coalesce(b.now, clock_timestamp()))
                                  THEN 'waiting' ELSE j.state END AS state
                FROM platform.job j
                LEFT JOIN (SELECT p.id, platform.book_now(p.id) AS now FROM platform.book p) b ON b.id = j.book
               WHERE j.state IN ('due', 'running')
               UNION ALL
              SELECT d.name, d.state FROM platform.job d WHERE d.state = 'dead') o
       GROUP BY o.name, o.state`);
  }
}
