import { addDays, dayOf, startOf, type Day } from '@app/kernel';
import type { Snapshot } from '@app/platform';
import type { JournalAccount, JournalAsset } from './journal';

/** Effective after `from`, up to and including `to`: ISO 8601 texts. */
export interface JournalRange {
  readonly from?: string;
  readonly to?: string;
}

export interface PostingRow {
  readonly seq: string;
  readonly id: string;
  readonly kind: string;
  readonly reference: string | null;
  readonly memo: string | null;
  readonly reverses: string | null;
  readonly effectiveAt: string;
  readonly recordedAt: string;
  readonly day: Day;
  readonly path: string;
  readonly side: 1 | -1;
  readonly isParent: boolean;
  readonly asset: string;
  readonly scale: number;
  readonly amount: string;
  readonly balance: string;
  readonly isLastOfDay: boolean;
}

/** The columns of an opening balance. */
export type OpeningRow = Pick<
  PostingRow,
  'path' | 'side' | 'isParent' | 'asset' | 'scale' | 'amount' | 'isLastOfDay'
>;

/** The calendar day in China, as kernel's `dayOf`. */
const DAY = (at: string): string => `((${at} AT TIME ZONE 'UTC') + interval '8 hours')::date`;

/** The accounts of the book with what a journal says of them. */
const ACCOUNTS = `
  acc AS MATERIALIZED (
    SELECT a.id, a.path, a.side, s.code AS asset, s.scale,
           EXISTS (SELECT FROM ledger.account b WHERE b.book = a.book AND b.side = a.side
                      AND b.path > a.path || '/' AND b.path < a.path || '0') AS "isParent"
      FROM ledger.account a JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
     WHERE a.book = $1)`;

/** What a journal tells, in its order: by effective time, then as recorded. */
export class JournalRows {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly book: number,
    private readonly range: JournalRange,
  ) {}

  /** The last entry of the book, and when the first of the journal was effective. */
  async about(): Promise<{ seq: string; first: string | null }> {
    const [row] = await this.snapshot.query<{ seq: string; first: string | null }>(
      `SELECT f.next_seq - 1 AS seq, (SELECT ledger.instant(min(p.effective_at)) FROM ledger.posting p
                                       WHERE p.book = $1 AND ($2::timestamptz IS NULL OR p.effective_at > $2)) AS first
         FROM ledger.fence f WHERE f.book = $1`,
      [this.book, this.range.from ?? null],
    );
    return row ?? { seq: '0', first: null };
  }

  assets(): AsyncGenerator<readonly JournalAsset[]> {
    return this.snapshot.rows<JournalAsset>(
      'SELECT s.code, s.unit, s.scale FROM ledger.asset s WHERE s.book = $1 ORDER BY s.code',
      [this.book],
    );
  }

  accounts(): AsyncGenerator<readonly JournalAccount[]> {
    return this.snapshot.rows<JournalAccount>(
      `WITH ${ACCOUNTS}
       SELECT a.path, a.side, a."isParent", array_agg(a.asset ORDER BY a.asset) AS assets
         FROM acc a GROUP BY a.path, a.side, a."isParent" ORDER BY a.path, a.side`,
      [this.book],
    );
  }

  /** What each account had at `from`. */
  opening(): AsyncGenerator<readonly OpeningRow[]> {
    const { from = '', to = null } = this.range;
    const evening = startOf(addDays(dayOf(new Date(from)), 1));
    return this.snapshot.rows<OpeningRow>(
      `WITH ${ACCOUNTS}
       SELECT a.path, a.side, a."isParent", a.asset, a.scale, q.amount, NOT q.moves_on AS "isLastOfDay"
         FROM (SELECT p.account, sum(p.amount) FILTER (WHERE p.effective_at <= $2) AS amount,
                      bool_or(p.effective_at > $2 AND p.effective_at < $3
                              AND ($4::timestamptz IS NULL OR p.effective_at <= $4)) AS moves_on
                 FROM ledger.posting p WHERE p.book = $1 GROUP BY p.account) q
         JOIN acc a ON a.id = q.account
        WHERE q.amount <> 0
        ORDER BY a.path, a.asset`,
      [this.book, from, evening, to],
    );
  }

  postings(): AsyncGenerator<readonly PostingRow[]> {
    return this.snapshot.rows<PostingRow>(
      `WITH ${ACCOUNTS}
       SELECT e.seq, e.id, k.kind, e.reference, e.memo, o.id AS reverses,
              ledger.instant(e.effective_at) AS "effectiveAt", ledger.instant(e.recorded_at) AS "recordedAt",
              p.day::text AS day, a.path, a.side, a."isParent", a.asset, a.scale, p.amount, p.balance, p."isLastOfDay"
         FROM (SELECT q.*, sum(q.amount) OVER w AS balance,
                      lead(q.day) OVER w IS DISTINCT FROM q.day AS "isLastOfDay"
                 FROM (SELECT p.account, p.version, p.seq, p.leg, p.amount, p.effective_at,
                              ${DAY('p.effective_at')} AS day
                         FROM ledger.posting p
                        WHERE p.book = $1 AND ($3::timestamptz IS NULL OR p.effective_at <= $3)) q
               WINDOW w AS (PARTITION BY q.account ORDER BY q.effective_at, q.version)) p
         JOIN ledger.entry e ON e.book = $1 AND e.seq = p.seq
         JOIN ledger.entry_kind k ON k.id = e.kind
         JOIN acc a ON a.id = p.account
         LEFT JOIN ledger.entry o ON o.book = $1 AND o.seq = e.reverses
        WHERE $2::timestamptz IS NULL OR p.effective_at > $2
        ORDER BY p.effective_at, p.seq, p.leg`,
      [this.book, this.range.from ?? null, this.range.to ?? null],
    );
  }
}
