import { invariant } from '@app/kernel';
import { ringsOf, type Polygon, type Shape } from './shape';

const VERSION = 1;
/** A difference of nano-degrees, its sign folded in, is below 2^40. */
const NUMBER_BYTES_MAX = 6;
const LOW = 128;

/**
 * A shape as bytes: the version, the number of polygons, of the rings of each, of the positions of each ring, and
 * the positions as differences from the one before. About six bytes a position, and nothing is rounded.
 */
export function encodeShape(shape: Shape): Buffer {
  const numbers = ringsOf(shape).reduce((sum, ring) => sum + ring.length + 1, shape.length + 1);
  const bytes = Buffer.allocUnsafe(1 + numbers * NUMBER_BYTES_MAX);
  bytes[0] = VERSION;
  let end = 1;
  const write = (value: number): void => {
    let rest = value;
    while (rest >= LOW) {
      bytes[end++] = (rest % LOW) + LOW;
      rest = Math.floor(rest / LOW);
    }
    bytes[end++] = rest;
  };
  const last = [0, 0];
  write(shape.length);
  for (const polygon of shape) {
    write(polygon.length);
    for (const ring of polygon) {
      write(ring.length / 2);
      for (let at = 0; at < ring.length; at += 1) {
        const step = ring[at]! - last[at % 2]!;
        write(step < 0 ? -2 * step - 1 : 2 * step);
        last[at % 2] = ring[at]!;
      }
    }
  }
  return Buffer.from(bytes.subarray(0, end));
}

/** What `encodeShape` wrote. */
export function decodeShape(bytes: Buffer): Shape {
  invariant(bytes[0] === VERSION, 'the bytes of a shape begin with a version that is known');
  let at = 1;
  const read = (): number => {
    let value = 0;
    for (let weight = 1; ; weight *= LOW) {
      const byte = bytes[at++];
      invariant(byte !== undefined && weight < LOW ** NUMBER_BYTES_MAX, 'the bytes of a shape are whole');
      value += (byte % LOW) * weight;
      if (byte < LOW) return value;
    }
  };
  /** So many of what takes a byte at the least: damaged bytes must not ask for all the memory there is. */
  const count = (): number => {
    const value = read();
    invariant(value <= bytes.length, 'a shape holds no more than its bytes');
    return value;
  };
  const last = [0, 0];
  const readRing = (): Float64Array => {
    const ring = new Float64Array(2 * count());
    for (let place = 0; place < ring.length; place += 1) {
      const folded = read();
      last[place % 2]! += folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
      ring[place] = last[place % 2]!;
    }
    return ring;
  };
  return Array.from({ length: count() }, (): Polygon => Array.from({ length: count() }, readRing));
}
