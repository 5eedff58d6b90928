import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { Decidable } from '../decision.rules';

export interface QualityResultView {
  readonly id: string;
  readonly region: string;
  readonly regionName: string;
  readonly grade: string;
  readonly multiplierPpm: bigint;
  readonly validFrom: Day;
  readonly validUntil: Day | null;
  readonly documentNo: string;
  readonly evidence: string;
  readonly state: Decidable['state'];
  readonly rejection: string | null;
}

/** Reads of the book's monitoring results, the newest first. */
@Injectable()
export class QualityResults {
  constructor(private readonly database: Database) {}

  async list(book: number): Promise<QualityResultView[]> {
    const rows = await this.database.query<
      Omit<QualityResultView, 'multiplierPpm'> & { multiplierPpm: string }
    >(
      `SELECT q.id, q.region, g.name AS "regionName", q.grade, q.multiplier_ppm AS "multiplierPpm",
              lower(q.valid)::text AS "validFrom", (upper(q.valid) - 1)::text AS "validUntil",
              q.document_no AS "documentNo", q.evidence, q.state, q.rejection
         FROM compensation.quality_result q JOIN regions.region g ON g.code = q.region
        WHERE q.book = $1 ORDER BY q.valid DESC, q.region, q.proposed_at LIMIT 500`,
      [book],
    );
    return rows.map((row) => ({ ...row, multiplierPpm: BigInt(row.multiplierPpm) }));
  }
}
