import { Injectable } from '@nestjs/common';

import type { EntryView } from '../views';

/** A transaction or the database: whatever a read may run on. */
export interface Reader {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

interface EntryRow {
  readonly id: string;
  readonly seq: string;
  readonly kind: string;
  readonly actor: string;
  readonly reference: string | null;
  readonly memo: string | null;
  readonly recorded_at: string;
  readonly effective_at: string;
  readonly reverses: string | null;
  readonly hold: string | null;
  readonly hold_as: 'commit' | 'release' | 'expire' | null;
  readonly postings: readonly PostingRow[];
}

/** bigint columns as text: JSON numbers would lose digits. */
interface PostingRow {
  readonly path: string;
  readonly asset: string;
  readonly amount: string;
  readonly balance_after: string;
  readonly version: string;
}

const ENTRY = `
  SELECT e.id, e.seq, k.kind, e.actor, e.reference, e.memo, ledger.instant(e.recorded_at) AS recorded_at,
         ledger.instant(e.effective_at) AS effective_at, e.hold, e.hold_as,
         (SELECT o.id FROM ledger.entry o WHERE o.book = e.book AND o.seq = e.reverses) AS reverses,
         (SELECT json_agg(json_build_object('path', a.path, 'asset', s.code, 'amount', p.amount::text,
                   'balance_after', p.balance_after::text, 'version', p.version::text) ORDER BY p.leg)
            FROM ledger.posting p
            JOIN ledger.account a ON a.book = p.book AND a.id = p.account
            JOIN ledger.asset s ON s.book = p.book AND s.id = p.asset
           WHERE p.book = e.book AND p.seq = e.seq) AS postings
    FROM ledger.entry e
    JOIN ledger.entry_kind k ON k.id = e.kind`;

/** Reads recorded entries whole. */
@Injectable()
export class EntryStore {
  async bySeqs(reader: Reader, book: number, seqs: readonly string[]): Promise<EntryView[]> {
    return this.read(reader, `${ENTRY} WHERE e.book = $1 AND e.seq = ANY ($2::bigint[]) ORDER BY e.seq`, [
      book,
      seqs,
    ]);
  }

  async byId(reader: Reader, book: number, id: string): Promise<EntryView | undefined> {
    return (await this.read(reader, `${ENTRY} WHERE e.book = $1 AND e.id = $2`, [book, id]))[0];
  }

  private async read(reader: Reader, sql: string, params: readonly unknown[]): Promise<EntryView[]> {
    return (await reader.query<EntryRow>(sql, params)).map(toEntry);
  }
}

const toEntry = (row: EntryRow): EntryView => ({
  id: row.id,
  seq: BigInt(row.seq),
  kind: row.kind,
  actor: row.actor,
  reference: row.reference,
  memo: row.memo,
  recordedAt: row.recorded_at,
  effectiveAt: row.effective_at,
  reverses: row.reverses,
  hold: row.hold === null || row.hold_as === null ? null : { hold: row.hold, as: row.hold_as },
  postings: row.postings.map(({ path, asset, amount, balance_after: balanceAfter, version }) => ({
    path,
    asset,
    amount: BigInt(amount),
    balanceAfter: BigInt(balanceAfter),
    version: BigInt(version),
  })),
});
