import type { StatementLine } from '../views';

export interface LineRow {
  readonly version: string;
  readonly seq: string;
  readonly id: string;
  readonly kind: string;
  readonly amount: string;
  readonly balance: string;
  readonly recorded_at: string;
  readonly effective_at: string;
  readonly effective_micros: string;
  readonly reference: string | null;
  readonly memo: string | null;
}

/** Of a posting p, its entry e and the entry's kind k; the balance is added by who knows in which order it runs. */
export const LINE = `
  SELECT p.version, p.seq, e.id, k.kind, p.amount, e.reference, e.memo,
         ledger.instant(e.recorded_at) AS recorded_at, ledger.instant(p.effective_at) AS effective_at,
         (extract(epoch FROM p.effective_at) * 1000000)::bigint AS effective_micros`;

export const toLine = (row: LineRow): StatementLine => ({
  version: BigInt(row.version),
  seq: BigInt(row.seq),
  entryId: row.id,
  kind: row.kind,
  amount: BigInt(row.amount),
  balanceAfter: BigInt(row.balance),
  recordedAt: row.recorded_at,
  effectiveAt: row.effective_at,
  reference: row.reference,
  memo: row.memo,
});
