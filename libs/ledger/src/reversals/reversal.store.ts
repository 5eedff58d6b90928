import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';
import type { Leg } from '../entry';

/** An entry of which something may be taken back. */
export interface Reversible {
  readonly kind: string;
  readonly isOpen: boolean;
  /** What an entry that takes back all that is left would book; empty when nothing is. */
  readonly rest: readonly Leg[];
  /** What an entry that takes back the whole would book. */
  readonly whole: readonly Leg[];
}

interface LegRow {
  readonly id: string;
  readonly kind: string;
  readonly open: boolean;
  readonly path: string;
  readonly asset: string;
  readonly whole: string;
  readonly rest: string;
}

@Injectable()
export class ReversalStore {
  /** Under the fence: what is left stays so until the transaction ends. By id; those that do not exist are missing. */
  async byIds(tx: Tx, ids: readonly string[]): Promise<Map<string, Reversible>> {
    const rows = await tx.query<LegRow>(
      `SELECT e.id, k.kind, k.open, a.path, s.code AS asset, -p.amount AS whole,
              -p.amount - coalesce((SELECT sum(b.amount) FROM ledger.entry r
                                      JOIN ledger.posting b
                                        ON b.book = r.book AND b.seq = r.seq AND b.account = p.account
                                     WHERE r.book = e.book AND r.reverses = e.seq), 0) AS rest
         FROM ledger.entry e
         JOIN ledger.entry_kind k ON k.id = e.kind
         JOIN ledger.posting p ON p.book = e.book AND p.seq = e.seq
         JOIN ledger.account a ON a.book = p.book AND a.id = p.account
         JOIN ledger.asset s ON s.book = p.book AND s.id = p.asset
        WHERE e.book = $1 AND e.id = ANY ($2::uuid[])
        ORDER BY e.seq, p.leg`,
      [tx.book, ids],
    );
    const found = new Map<string, { kind: string; isOpen: boolean; rest: Leg[]; whole: Leg[] }>();
    for (const { id, kind, open, path, asset, whole, rest } of rows) {
      const entry = found.get(id) ?? { kind, isOpen: open, rest: [], whole: [] };
      found.set(id, entry);
      entry.whole.push({ path, asset, amount: BigInt(whole) });
      if (BigInt(rest) !== 0n) entry.rest.push({ path, asset, amount: BigInt(rest) });
    }
    return found;
  }
}
