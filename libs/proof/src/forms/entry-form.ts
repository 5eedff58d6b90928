import { concat, fromHex, type Bytes } from '../bytes';
import { bytes, instant, int16, int32, int64, recordBytes, text, uuid } from './record';

/** An entry as it was recorded, with nothing left out. Instants are ISO 8601 in UTC to the microsecond. */
export interface EntryRecord {
  readonly seq: bigint;
  readonly id: string;
  readonly kind: string;
  readonly legs: bigint;
  /** Digest of what was asked, hex. */
  readonly body: string;
  readonly recordedAt: string;
  readonly effectiveAt: string;
  readonly actor: string;
  readonly reference: string | null;
  readonly memo: string | null;
  /** Number of the entry that this one takes back. */
  readonly reverses: bigint | null;
  /** The hold this entry steps on, and how: commit, release or expire. */
  readonly hold: string | null;
  readonly holdAs: string | null;
  /** Terms of the hold this entry made. */
  readonly made: HoldTermsRecord | null;
  readonly postings: readonly PostingRecord[];
}

export interface HoldTermsRecord {
  readonly seq: bigint;
  readonly owner: string;
  readonly expiresAt: string;
}

export interface PostingRecord {
  readonly leg: bigint;
  readonly path: string;
  readonly asset: string;
  /** +1 debit-normal, -1 credit-normal. */
  readonly side: bigint;
  readonly accountKind: string;
  /** Positive debits, negative credits. */
  readonly amount: bigint;
  readonly version: bigint;
  readonly balanceAfter: bigint;
  readonly effectiveAt: string;
  /** Of a late posting: the greatest effective time of the account's earlier ones. */
  readonly effectiveHigh: string | null;
  /** With an account's first posting: when it was opened, and the floor of a kind that says it for all. */
  readonly openedAt: string | null;
  readonly floor: bigint | null;
}

const FORM = 'tanhui entry 1';

/** The entry's record, then one for each posting in order of leg. */
export function entryForm(entry: EntryRecord): Bytes {
  const { made, postings } = entry;
  const head = recordBytes([
    text(FORM),
    int64(entry.seq),
    uuid(entry.id),
    text(entry.kind),
    int32(entry.legs),
    bytes(fromHex(entry.body)),
    instant(entry.recordedAt),
    instant(entry.effectiveAt),
    text(entry.actor),
    text(entry.reference),
    text(entry.memo),
    int64(entry.reverses),
    uuid(entry.hold),
    text(entry.holdAs),
    int64(made?.seq ?? null),
    text(made?.owner ?? null),
    instant(made?.expiresAt ?? null),
  ]);
  return concat(head, ...postings.map(postingForm));
}

function postingForm(posting: PostingRecord): Bytes {
  return recordBytes([
    int32(posting.leg),
    text(posting.path),
    text(posting.asset),
    int16(posting.side),
    text(posting.accountKind),
    int64(posting.amount),
    int64(posting.version),
    int64(posting.balanceAfter),
    instant(posting.effectiveAt),
    instant(posting.effectiveHigh),
    instant(posting.openedAt),
    int64(posting.floor),
  ]);
}
