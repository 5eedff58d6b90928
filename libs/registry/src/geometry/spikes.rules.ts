import type { Ring } from './shape';

/** What was mended on the way, by name: it changes no area. */
export interface Repairs {
  /** Rings that ran the other way round. */
  ringsTurned: number;
  /** Positions that repeat the one before to a tenth of a millimetre. */
  positionsRepeated: number;
  /** Spikes without area: the outline goes out and comes back the same way. */
  spikesCut: number;
}

/** Takes away the tips of spikes until there is none: what lies between equal ways out and back has no area. */
export function withoutSpikes(ring: Ring, repairs: Repairs): Ring {
  // Once more from two positions on: a spike may be where the ring begins.
  return turned(cut(turned(cut(ring, repairs), 4), repairs), -4);
}

/** The same ring, begun so many numbers later. */
function turned(ring: Ring, by: number): Ring {
  const other = new Float64Array(ring.length);
  const start = by < 0 ? ring.length + by : by;
  if (start <= 0 || start >= ring.length) return ring;
  other.set(ring.subarray(start));
  other.set(ring.subarray(0, start), ring.length - start);
  return other;
}

function cut(ring: Ring, repairs: Repairs): Ring {
  const kept = new Float64Array(ring.length);
  let end = 0;
  for (let at = 0; at < ring.length; at += 2) {
    kept[end++] = ring[at]!;
    kept[end++] = ring[at + 1]!;
    while (end >= 6 && isTip(kept, end)) {
      kept[end - 4] = kept[end - 2]!;
      kept[end - 3] = kept[end - 1]!;
      end -= 2;
      repairs.spikesCut += 1;
      if (end >= 4 && kept[end - 4] === kept[end - 2] && kept[end - 3] === kept[end - 1]) end -= 2;
    }
  }
  return kept.slice(0, end);
}

/** The last but one of what is kept so far: on the line of those around it, and beyond both. */
function isTip(kept: Ring, end: number): boolean {
  const [outX, outY] = [kept[end - 4]! - kept[end - 6]!, kept[end - 3]! - kept[end - 5]!];
  const [backX, backY] = [kept[end - 2]! - kept[end - 4]!, kept[end - 1]! - kept[end - 3]!];
  return outX * backY === outY * backX && outX * backX + outY * backY < 0;
}
