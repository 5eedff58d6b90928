import { Injectable } from '@nestjs/common';

import { present, type Day } from '@app/kernel';
import { Database } from '@app/platform';
import { shownGuardQuery } from './guard.queries';
import { GUARDS, type Guard, type GuardFinding } from './guard.words';

export interface GuardFilter {
  /** The registry as of this day. */
  readonly day: Day;
  /** Findings about at least one village in these regions: what the reader may see. */
  readonly scope: readonly string[];
}

export interface GuardPage extends GuardFilter {
  /** The subject after which the page begins. */
  readonly after?: string;
  readonly count: number;
}

const IN_SCOPE = `
  EXISTS (SELECT FROM unnest(f.regions) AS region, unnest($3::text[]) AS own WHERE starts_with(region, own))`;

/** Findings about the registry as it stands on a day. They are looked for when asked, so they are never stale. */
@Injectable()
export class FraudGuards {
  constructor(private readonly database: Database) {}

  /** How many findings each guard has. */
  async counts(book: number, { day, scope }: GuardFilter): Promise<{ guard: Guard; findings: number }[]> {
    const counts: { guard: Guard; findings: number }[] = [];
    for (const guard of GUARDS) {
      const rows = await this.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM (${shownGuardQuery(guard)}) f WHERE ${IN_SCOPE}`,
        [book, day, scope],
      );
      counts.push({ guard, findings: present(rows[0], 'a count is one row').n });
    }
    return counts;
  }

  /** The findings of one guard, by subject in byte order. */
  async findings(book: number, guard: Guard, page: GuardPage): Promise<GuardFinding[]> {
    const rows = await this.database.query<Omit<GuardFinding, 'guard'>>(
      `SELECT f.subject, f.regions, f.facts, f.parcels, f.parties FROM (${shownGuardQuery(guard)}) f
        WHERE ${IN_SCOPE} AND ($4::text IS NULL OR f.subject COLLATE "C" > $4)
        ORDER BY f.subject COLLATE "C" LIMIT $5`,
      [book, page.day, page.scope, page.after ?? null, page.count],
    );
    return rows.map((row) => ({ guard, ...row }));
  }
}
