import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { EntryRecord, PostingRecord } from '@app/proof';

type Texts<T> = {
  readonly [K in keyof T]: T[K] extends bigint ? string : T[K] extends bigint | null ? string | null : T[K];
};

type EntryRow = Texts<Omit<EntryRecord, 'made' | 'postings'>> & {
  readonly made_seq: string | null;
  readonly made_owner: string | null;
  readonly made_expires_at: string | null;
  readonly postings: readonly Texts<PostingRecord>[];
};

/** The columns that the form of a posting covers, integers as texts. */
const POSTINGS = `
  SELECT coalesce(json_agg(json_build_object(
           'leg', p.leg::text, 'path', x.path, 'asset', s.code, 'side', x.side::text, 'accountKind', k.kind,
           'amount', p.amount::text, 'version', p.version::text, 'balanceAfter', p.balance_after::text,
           'effectiveAt', ledger.instant(p.effective_at), 'effectiveHigh', ledger.instant(p.effective_high),
           'openedAt', CASE WHEN p.version = 1 THEN ledger.instant(x.opened_at) END,
           'floor', CASE WHEN p.version = 1 AND k.side IS NOT NULL THEN x.floor::text END) ORDER BY p.leg), '[]')
    FROM ledger.posting p
    JOIN ledger.account x ON x.book = p.book AND x.id = p.account
    JOIN ledger.asset s ON s.book = p.book AND s.id = p.asset
    JOIN ledger.account_kind k ON k.id = x.kind
   WHERE p.book = e.book AND p.seq = e.seq`;

const ENTRY = `
  SELECT e.seq, e.id, k.kind, e.legs::text AS legs, encode(e.body, 'hex') AS body,
         ledger.instant(e.recorded_at) AS "recordedAt", ledger.instant(e.effective_at) AS "effectiveAt",
         e.actor, e.reference, e.memo, e.reverses, e.hold, e.hold_as AS "holdAs",
         h.seq AS made_seq, h.owner AS made_owner, ledger.instant(h.expires_at) AS made_expires_at,
         (${POSTINGS}) AS postings
    FROM ledger.entry e
    JOIN ledger.entry_kind k ON k.id = e.kind
    LEFT JOIN ledger.hold h ON h.book = e.book AND h.id = e.id`;

/** Entries with all that their leaves cover. */
@Injectable()
export class EntryRecordStore {
  constructor(private readonly database: Database) {}

  async byId(book: number, id: string): Promise<EntryRecord | undefined> {
    return this.one(`${ENTRY} WHERE e.book = $1 AND e.id = $2`, [book, id]);
  }

  async bySeq(book: number, seq: bigint): Promise<EntryRecord | undefined> {
    return this.one(`${ENTRY} WHERE e.book = $1 AND e.seq = $2`, [book, seq]);
  }

  private async one(sql: string, params: readonly unknown[]): Promise<EntryRecord | undefined> {
    const [row] = await this.database.query<EntryRow>(sql, params);
    return row && recordOf(row);
  }
}

function recordOf({ made_seq, made_owner, made_expires_at, ...row }: EntryRow): EntryRecord {
  const isMade = made_seq !== null && made_owner !== null && made_expires_at !== null;
  return {
    ...row,
    seq: BigInt(row.seq),
    legs: BigInt(row.legs),
    reverses: integerOf(row.reverses),
    made: isMade ? { seq: BigInt(made_seq), owner: made_owner, expiresAt: made_expires_at } : null,
    postings: row.postings.map((posting) => ({
      ...posting,
      leg: BigInt(posting.leg),
      side: BigInt(posting.side),
      amount: BigInt(posting.amount),
      version: BigInt(posting.version),
      balanceAfter: BigInt(posting.balanceAfter),
      floor: integerOf(posting.floor),
    })),
  };
}

const integerOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
