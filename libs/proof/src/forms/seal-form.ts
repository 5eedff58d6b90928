import type { Bytes } from '../bytes';
import { bytes, instant, int64, recordBytes, text } from './record';

/** Numbers from `first` on, and before `next`. Equal when there are none. */
export interface Range {
  readonly first: bigint;
  readonly next: bigint;
}

/** One seal: a stretch of each stream, and the root of the tree over its leaves. */
export interface SealRecord {
  readonly no: bigint;
  readonly entries: Range;
  readonly refusals: Range;
  readonly events: Range;
  readonly root: Bytes;
  /** Hash of the seal before; 32 zero bytes in the first. */
  readonly previous: Bytes;
  readonly sealedAt: string;
}

const FORM = 'tanhui seal 1';

export function sealForm(seal: SealRecord): Bytes {
  return recordBytes([
    text(FORM),
    int64(seal.no),
    int64(seal.entries.first),
    int64(seal.entries.next),
    int64(seal.refusals.first),
    int64(seal.refusals.next),
    int64(seal.events.first),
    int64(seal.events.next),
    bytes(seal.root),
    bytes(seal.previous),
    instant(seal.sealedAt),
  ]);
}

/** How many leaves the seal's tree has: its entries, then its refusals, then its events. */
export const leavesOf = ({ entries, refusals, events }: SealRecord): bigint =>
  entries.next - entries.first + (refusals.next - refusals.first) + (events.next - events.first);
