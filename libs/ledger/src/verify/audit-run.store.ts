import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { NOTHING, type Reach } from './check';

/** `whole` read everything; `new` what came after the run before. */
export type AuditKind = 'whole' | 'new';

export interface AuditRun {
  readonly kind: AuditKind;
  readonly reach: Reach;
  /** Verified in this run. */
  readonly postings: bigint;
  readonly findings: number;
  readonly examples: readonly string[];
  readonly tookMs: number;
}

/** What of the auditor's log an operator watches. */
export interface AuditState {
  readonly book: number;
  /** Since the last whole run ended; null before the first. */
  readonly wholeAgeSeconds: number | null;
  /** Of the last whole run and of those after it. */
  readonly findings: number;
}

/** What the auditor's runs together say of a book. */
export interface Standing {
  readonly reach: Reach;
  readonly postings: bigint;
  /** Of the last whole run and of those after it: a finding stays until a whole run is clean. */
  readonly examples: readonly string[];
}

interface StandingRow extends Record<keyof Reach, string> {
  readonly postings: string;
  readonly examples: readonly string[];
}

/** The auditor's own log. A whole run never reads it: who changes it hides nothing for longer than a day. */
@Injectable()
export class AuditRunStore {
  constructor(private readonly database: Database) {}

  async standing(book: number): Promise<Standing> {
    const [row] = await this.database.query<StandingRow>('SELECT * FROM audit.standing($1)', [book]);
    if (!row) return { reach: NOTHING, postings: 0n, examples: [] };
    const { postings, examples } = row;
    const reach = {
      entry: BigInt(row.entry),
      refusal: BigInt(row.refusal),
      event: BigInt(row.event),
      seal: BigInt(row.seal),
    };
    return { reach, postings: BigInt(postings), examples };
  }

  /** Of every book that was ever audited. */
  states(): Promise<AuditState[]> {
    return this.database.query<AuditState>(`
      SELECT b.id AS book, sum(r.findings)::float8 AS findings,
             extract(epoch FROM clock_timestamp() - w.ended_at)::float8 AS "wholeAgeSeconds"
        FROM platform.book b
        LEFT JOIN LATERAL (SELECT l.no, l.ended_at FROM audit.run l
                            WHERE l.book = b.id AND l.kind = 'whole' ORDER BY l.no DESC LIMIT 1) w ON true
        JOIN audit.run r ON r.book = b.id AND r.no >= coalesce(w.no, 0)
       GROUP BY b.id, w.ended_at`);
  }

  async record(book: number, { kind, reach, postings, findings, examples, tookMs }: AuditRun): Promise<void> {
    await this.database.query('SELECT audit.record_run($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      ...[book, kind, reach.entry, reach.refusal, reach.event, reach.seal],
      ...[postings, findings, examples, Math.round(tookMs)],
    ]);
  }
}
