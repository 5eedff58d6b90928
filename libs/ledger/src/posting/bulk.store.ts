import { invariant, ok, present, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { PostingRefusal } from '../posting-refusal';
import { refusalOfFacts } from './answers';

/** Entries whose legs are rows of the database already. */
export interface BulkOrder {
  /**
   * A SELECT of `entry_no, id uuid, kind, reference, memo, effective_at, leg_no, path, asset, amount bigint`: a row
   * for each leg, what is the entry's repeated in each of its rows. Entries are decided in order of `entry_no`.
   */
  readonly sql: string;
  readonly params: readonly unknown[];
}

export interface BulkOutcome {
  readonly posted: number;
  /** Were there before, under the same ids and the same in all. */
  readonly replayed: number;
  /** Number of the first posted; the others follow without gaps. */
  readonly firstSeq: bigint | null;
}

interface BulkRow {
  readonly entries: string;
  readonly legs: string;
  readonly first_seq: string | null;
  readonly replayed: string;
  readonly code: string | null;
  readonly facts: Readonly<Record<string, string>> | null;
  readonly id: string | null;
}

/** The most of one call: enough to make its cost small, not so much that others wait for long. */
export const BULK_LEGS_MAX = 20_000;

/** What to post is selected, told to the posting function and decided without leaving the database. */
export async function postBulk(
  tx: Tx,
  owner: string,
  { sql, params }: BulkOrder,
): Promise<Result<BulkOutcome, PostingRefusal>> {
  const rows = await tx.query<BulkRow>(statementOf(sql, params.length), [
    ...params,
    ...[owner, tx.book, tx.context.actor],
  ]);
  const [row] = rows;
  if (!row) return ok({ posted: 0, replayed: 0, firstSeq: null });
  invariant(Number(row.legs) <= BULK_LEGS_MAX, `a call has at most ${BULK_LEGS_MAX} legs: post in slices`);
  if (row.code === 'KEY_REUSED') {
    return refuse({ code: row.code, id: present(row.id, 'a reused id is known'), field: 'body' });
  }
  if (row.code !== null) return refuse(refusalOfFacts(row.code, row.facts ?? {}));
  const replayed = Number(row.replayed);
  const posted = Number(row.entries) - replayed;
  return ok({ posted, replayed, firstSeq: posted === 0 ? null : BigInt(row.first_seq ?? 0) });
}

/**
 * The caller's SELECT runs with the caller's rights. Its rows become the arrays of the posting function: the
 * accounts once, the legs as places in that list. The body of such an entry is a digest of its row texts, so it is
 * replayed through this door only.
 */
function statementOf(sql: string, params: number): string {
  const [owner, book, actor] = [1, 2, 3].map((n) => `$${params + n}`);
  return `
    WITH said AS MATERIALIZED (
      SELECT q.entry_no, q.id, q.kind, q.reference, q.memo, q.effective_at, q.path, q.asset, q.amount::bigint AS amount,
             row_number() OVER (ORDER BY q.entry_no, q.leg_no) AS j,
             dense_rank() OVER (ORDER BY q.path COLLATE "C", q.asset COLLATE "C")::int AS slot,
             row_number() OVER (PARTITION BY q.path COLLATE "C", q.asset COLLATE "C") = 1 AS is_first
        FROM (${sql}) q LIMIT ${BULK_LEGS_MAX + 1}
    ), leg AS (
      SELECT array_agg(q.slot) AS slots, array_agg(q.amount) AS amounts, count(*) AS legs
        FROM (SELECT s.slot, s.amount FROM said s ORDER BY s.j) q
    ), accounts AS (
      SELECT array_agg(q.path) AS paths, array_agg(q.asset) AS assets
        FROM (SELECT s.path, s.asset FROM said s WHERE s.is_first ORDER BY s.slot) q
    ), entry AS (
      SELECT array_agg(q.id) AS ids, array_agg(q.kind) AS kinds, array_agg(q.reference) AS refs,
             array_agg(q.memo) AS memos, array_agg(q.effective_at) AS effective
        FROM (SELECT DISTINCT ON (s.entry_no) s.id, s.kind, s.reference, s.memo, s.effective_at
                FROM said s ORDER BY s.entry_no, s.j) q
    ), body AS (
      SELECT array_agg(q.first) AS first, count(*) AS entries,
             array_agg(substr(sha256(q.text), 1, 16) || '\\x00000000000000000000000000000002'::bytea) AS bodies
        FROM (SELECT min(s.j)::int AS first,
                     textsend(concat(min(s.kind COLLATE "C"), E'\\n', min(s.memo COLLATE "C"), E'\\n',
                       extract(epoch FROM min(s.effective_at)), E'\\n',
                       string_agg(s.path || ' ' || s.asset || ' ' || s.amount, ',' ORDER BY s.j), E'\\n',
                       min(s.reference COLLATE "C"))) AS text
                FROM said s GROUP BY s.entry_no ORDER BY s.entry_no) q
    )
    SELECT b.entries, l.legs, p.first_seq, x.replayed, x.refused->>'code' AS code, x.refused->'facts' AS facts,
           e.ids[(x.refused->>'entry')::int] AS id
      FROM entry e, body b, leg l, accounts a,
           ledger.post_domain(${owner}::text, false, false, NULL, NULL, ${book}::int, e.ids, b.bodies, e.kinds,
             array_fill(${actor}::text, ARRAY[b.entries::int]), e.refs, e.memos, e.effective, NULL, NULL, NULL,
             NULL, NULL, NULL, NULL, NULL, NULL, NULL, b.first || (l.legs + 1)::int, a.paths, a.assets, l.slots,
             l.amounts) p
     CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE t.answer->>'code' = 'REPLAYED') AS replayed,
              (array_agg(t.answer ORDER BY t.i) FILTER (WHERE t.answer->>'code' <> 'REPLAYED'))[1] AS refused
         FROM jsonb_array_elements(p.answers) WITH ORDINALITY AS t (answer, i)) x
     WHERE b.entries > 0 AND l.legs <= ${BULK_LEGS_MAX}
    UNION ALL
    SELECT b.entries, l.legs, NULL, NULL, NULL, NULL, NULL FROM body b, leg l WHERE l.legs > ${BULK_LEGS_MAX}`;
}
