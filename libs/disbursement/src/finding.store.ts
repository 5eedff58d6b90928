import { Injectable } from '@nestjs/common';

import { canonicalHash } from '@app/kernel';
import type { Tx } from '@app/platform';

/** Something about a batch that people must look at. It never moves money. */
export interface Finding {
  readonly code: string;
  /** Ids, codes and amounts only: never a name, an account or a text from outside. */
  readonly facts: Readonly<Record<string, string>>;
}

@Injectable()
export class FindingStore {
  /** A finding that is known is not added twice. Returns how many were new. */
  async add(tx: Tx, batch: string, findings: readonly Finding[]): Promise<number> {
    if (findings.length === 0) return 0;
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO disbursement.finding (book, batch, code, facts, hash, found_at)
       SELECT $1, $2, f.code, f.facts, f.hash, $6
         FROM unnest($3::text[], $4::jsonb[], $5::text[]) AS f (code, facts, hash)
       ON CONFLICT (book, batch, hash) DO NOTHING RETURNING id`,
      [
        tx.book,
        batch,
        findings.map(({ code }) => code),
        findings.map(({ facts }) => JSON.stringify(facts)),
        findings.map((finding) => canonicalHash({ code: finding.code, facts: finding.facts })),
        tx.now,
      ],
    );
    return rows.length;
  }
}
