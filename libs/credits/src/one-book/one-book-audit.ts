import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Database, findingsOf, lineOfFinding, type Checks, type Tx } from '@app/platform';

export interface OneBookVerification {
  readonly ok: boolean;
  /** `CODE: facts`, at most some examples of each code; empty when the sums are those of the rows. */
  readonly findings: readonly string[];
}

const GAPS: Readonly<Record<string, string>> = {
  ONE_BOOK_LAND_DIFFERS: 'land_gap',
  ONE_BOOK_PAYABLE_DIFFERS: 'payable_gap',
  ONE_BOOK_VOLUME_DIFFERS: 'volume_gap',
  ONE_BOOK_GROWTH_DIFFERS: 'growth_gap',
  ONE_BOOK_GRAMS_DIFFER: 'grams_gap',
};

const CHECKS: Checks = Object.fromEntries(
  Object.entries(GAPS).map(([code, view]) => [
    code,
    `SELECT (to_jsonb(d) - 'book')::text AS facts FROM credits.${view} d WHERE d.book = $1`,
  ]),
);

/** Sums the parcels, measurements and serials of a book again and compares: a page must be what its rows say. */
@Injectable()
export class OneBookAudit {
  static readonly checks = CHECKS;

  constructor(private readonly database: Database) {}

  /** Facts are what the rows come to less what the sums say, by place and key. */
  async execute(book: number): Promise<OneBookVerification> {
    const findings = await findingsOf(this.database, book, CHECKS);
    return { ok: findings.length === 0, findings: findings.map(lineOfFinding) };
  }

  /** Adds today what is missing; returns how many sums were wrong. Days that are over keep what they said. */
  async mend(tx: Tx): Promise<number> {
    const rows = await tx.query<{ mended: string }>('SELECT credits.mend_one_book($1)::text AS mended', [
      tx.book,
    ]);
    const mended = Number(present(rows[0], 'a function answers').mended);
    tx.audit({ mended });
    return mended;
  }
}
