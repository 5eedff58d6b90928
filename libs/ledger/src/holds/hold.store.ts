import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { HoldState } from '../posting-refusal';
import type { Reader } from '../reads/entry.store';
import { limitOf } from '../reads/page.rules';
import type { PageQuery } from '../views';

/** A hold of the HTTP door: an amount taken from one open account and set aside. */
export interface HoldView {
  readonly id: string;
  readonly seq: bigint;
  readonly state: HoldState;
  readonly account: string;
  readonly asset: string;
  readonly amount: bigint;
  /** What no step has taken yet. */
  readonly left: bigint;
  readonly committed: bigint;
  /** Given back, by release or because its time ran out. */
  readonly released: bigint;
  readonly expiresAt: Date;
  /** Number of the entry that took the last of it. */
  readonly endedSeq: bigint | null;
}

export interface HoldPage {
  readonly items: readonly HoldView[];
  readonly next: string | null;
}

export interface HoldQuery extends PageQuery {
  readonly state?: HoldState;
}

interface HoldRow {
  readonly id: string;
  readonly seq: string;
  readonly state: HoldState;
  readonly path: string;
  readonly asset: string;
  readonly amount: string;
  readonly committed: string;
  readonly released: string;
  readonly expires_at: Date;
  readonly ended_seq: string | null;
}

/** Holds that other libs own are theirs to show. */
const HOLD = `
  SELECT h.id, h.seq, h.state, h.expires_at, h.ended_seq, a.path, s.code AS asset, p.amount,
         coalesce(t.committed, 0) AS committed, coalesce(t.released, 0) AS released
    FROM ledger.hold h
    JOIN ledger.posting p ON p.book = h.book AND p.seq = h.seq AND p.amount > 0
    JOIN ledger.account a ON a.book = p.book AND a.id = p.account
    JOIN ledger.asset s ON s.book = p.book AND s.id = p.asset
    LEFT JOIN LATERAL (
      SELECT sum(x.amount) FILTER (WHERE step."as" = 'commit') AS committed,
             sum(x.amount) FILTER (WHERE step."as" <> 'commit') AS released
        FROM ledger.hold_step step
        JOIN ledger.posting held ON held.book = h.book AND held.seq = h.seq AND held.amount < 0
        JOIN ledger.posting x ON x.book = h.book AND x.seq = step.seq AND x.account = held.account
       WHERE step.book = h.book AND step.hold = h.id) t ON true
   WHERE h.book = $1 AND h.owner = 'ledger'`;

@Injectable()
export class HoldStore {
  constructor(private readonly database: Database) {}

  async byId(book: number, id: string): Promise<HoldView | undefined> {
    return (await this.byIds(this.database, book, [id])).get(id);
  }

  /** Those that do not exist are missing. In a transaction that has the fence they stay as they are read. */
  async byIds(reader: Reader, book: number, ids: readonly string[]): Promise<Map<string, HoldView>> {
    const rows = await reader.query<HoldRow>(`${HOLD} AND h.id = ANY ($2::uuid[])`, [book, ids]);
    return new Map(rows.map((row) => [row.id, toHold(row)]));
  }

  /** Of some open accounts those that a debit raises: nothing can be set aside from them. */
  async raisedByDebit(reader: Reader, book: number, paths: readonly string[]): Promise<Set<string>> {
    if (paths.length === 0) return new Set();
    const rows = await reader.query<{ path: string }>(
      'SELECT a.path FROM ledger.account a WHERE a.book = $1 AND a.path = ANY ($2::text[]) AND a.side = 1',
      [book, paths],
    );
    return new Set(rows.map(({ path }) => path));
  }

  /** Oldest first, a page at a time. */
  async page(book: number, query: HoldQuery): Promise<HoldPage> {
    const limit = limitOf(query);
    const rows = await this.database.query<HoldRow>(
      `${HOLD} AND h.seq > $2 AND ($3::text IS NULL OR h.state = $3) ORDER BY h.seq LIMIT $4`,
      [book, query.cursor ?? '0', query.state ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(toHold);
    return { items, next: rows.length > limit ? (items.at(-1)?.seq.toString() ?? null) : null };
  }
}

const toHold = (row: HoldRow): HoldView => {
  const [amount, committed, released] = [BigInt(row.amount), BigInt(row.committed), BigInt(row.released)];
  return {
    ...{ id: row.id, seq: BigInt(row.seq), state: row.state, account: row.path, asset: row.asset },
    ...{ amount, left: amount - committed - released, committed, released },
    expiresAt: row.expires_at,
    endedSeq: row.ended_seq === null ? null : BigInt(row.ended_seq),
  };
};
