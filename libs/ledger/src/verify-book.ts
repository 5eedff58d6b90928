import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';

export interface Verification {
  readonly ok: boolean;
  readonly entries: bigint;
  readonly postings: bigint;
  /** `CODE: facts`, at most some examples of each code; empty when all holds. */
  readonly findings: readonly string[];
}

interface FindingRow {
  readonly code: string;
  readonly facts: string;
}

/** Recomputes a book from its postings and compares: numbers, chains, sums, floors, reversals, holds. */
@Injectable()
export class VerifyBook {
  constructor(private readonly database: Database) {}

  async execute(book: number): Promise<Verification> {
    const [counted] = await this.database.query<{ entries: string; postings: string }>(
      `SELECT (SELECT count(*) FROM ledger.entry WHERE book = $1) AS entries,
              (SELECT count(*) FROM ledger.posting WHERE book = $1) AS postings`,
      [book],
    );
    const found = await this.database.query<FindingRow>(
      'SELECT code, facts::text AS facts FROM ledger.findings($1)',
      [book],
    );
    return {
      ok: found.length === 0,
      entries: BigInt(counted?.entries ?? 0),
      postings: BigInt(counted?.postings ?? 0),
      findings: found.map(({ code, facts }) => `${code}: ${facts}`),
    };
  }
}
