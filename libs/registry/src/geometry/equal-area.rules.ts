import { NANO, type Ring, type Shape } from './shape';

/** CGCS2000: semi-major axis in metres and flattening. */
const AXIS_M = 6_378_137;
const FLATTENING = 1 / 298.257222101;
const E2 = FLATTENING * (2 - FLATTENING);
const E = Math.sqrt(E2);
const RADIANS = Math.PI / 180 / NANO;

/** One mu is 2,000/3 m², so a hundredth of it is 20/3 m². */
const MU100_PER_M2 = 3 / 20;

/**
 * A ring in the cylindrical equal-area projection of the ellipsoid, in metres. Whatever lies in the plane has the
 * area it has on the ground; only its form is stretched.
 */
export function toPlane(ring: Ring): Float64Array {
  const plane = new Float64Array(ring.length);
  for (let at = 0; at < ring.length; at += 2) {
    const sine = Math.sin(ring[at + 1]! * RADIANS);
    plane[at] = AXIS_M * ring[at]! * RADIANS;
    plane[at + 1] = ((AXIS_M * (1 - E2)) / 2) * (sine / (1 - E2 * sine * sine) + Math.atanh(E * sine) / E);
  }
  return plane;
}

/** Twice the area that a ring encloses, above zero when it runs counter-clockwise. */
export function doubleArea(ring: Float64Array): number {
  const [x0 = 0, y0 = 0] = ring;
  let sum = 0;
  for (let at = 2; at + 3 < ring.length; at += 2) {
    sum += (ring[at]! - x0) * (ring[at + 3]! - y0) - (ring[at + 2]! - x0) * (ring[at + 1]! - y0);
  }
  return sum;
}

export const areaM2Of = (shape: Shape): number =>
  shape.flat().reduce((sum, ring) => sum + doubleArea(toPlane(ring)) / 2, 0);

export const toMu100 = (areaM2: number): bigint => BigInt(Math.round(areaM2 * MU100_PER_M2));

/** The centre of gravity, in nano-degrees: over a parcel the ground is flat enough for it. */
export function centreOf(shape: Shape): { lon: number; lat: number } {
  const first = shape[0]![0]!;
  const [x0, y0] = [first[0]!, first[1]!];
  let [weight, x, y] = [0, 0, 0];
  for (const ring of shape.flat()) {
    for (let at = 0; at < ring.length; at += 2) {
      const next = (at + 2) % ring.length;
      const [ax, ay, bx, by] = [ring[at]! - x0, ring[at + 1]! - y0, ring[next]! - x0, ring[next + 1]! - y0];
      const cross = ax * by - bx * ay;
      weight += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
  }
  return { lon: Math.round(x0 + x / (3 * weight)), lat: Math.round(y0 + y / (3 * weight)) };
}
