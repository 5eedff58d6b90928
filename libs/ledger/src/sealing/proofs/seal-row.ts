import type { SealRecord } from '@app/proof';

/** A seal with what only its book's readers may know. */
export interface StoredSeal extends SealRecord {
  readonly seed: Buffer;
}

export interface SealRow {
  readonly no: string;
  readonly first_entry: string;
  readonly next_entry: string;
  readonly first_refusal: string;
  readonly next_refusal: string;
  readonly first_event: string;
  readonly next_event: string;
  readonly seed: Buffer;
  readonly root: Buffer;
  readonly previous: Buffer;
  readonly sealed_at: string;
}

export const SEAL_COLUMNS = `s.no, s.first_entry, s.next_entry, s.first_refusal, s.next_refusal, s.first_event,
  s.next_event, s.seed, s.root, s.previous, ledger.instant(s.sealed_at) AS sealed_at`;

export const sealOf = (row: SealRow): StoredSeal => ({
  no: BigInt(row.no),
  entries: { first: BigInt(row.first_entry), next: BigInt(row.next_entry) },
  refusals: { first: BigInt(row.first_refusal), next: BigInt(row.next_refusal) },
  events: { first: BigInt(row.first_event), next: BigInt(row.next_event) },
  root: row.root,
  previous: row.previous,
  sealedAt: row.sealed_at,
  seed: row.seed,
});
