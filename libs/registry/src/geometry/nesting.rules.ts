import { boxOf, type Box, type Ring } from './shape';
import { doubleArea } from './equal-area.rules';

export type Where = 'inside' | 'outside' | 'border';

/** Where a point lies, by how often a ray from it to the right meets the ring. */
export function whereIs(ring: Ring, x: number, y: number): Where {
  let isInside = false;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    const [ax, ay, bx, by] = [ring[at]! - x, ring[at + 1]! - y, ring[next]! - x, ring[next + 1]! - y];
    const cross = ax * by - bx * ay;
    if (cross === 0 && ax * bx <= 0 && ay * by <= 0) return 'border';
    if (ay > 0 !== by > 0 && cross > 0 === by > ay) isInside = !isInside;
  }
  return isInside ? 'inside' : 'outside';
}

export interface Nesting {
  /** How many rings lie around each ring: even is an outer ring, odd is a hole. */
  readonly depth: readonly number[];
  /** The smallest ring around each, or -1. */
  readonly parent: readonly number[];
  /** A ring whose positions lie on both sides of another that it touches. */
  readonly crossed: number | undefined;
}

/** Which ring lies in which. The rings do not cross at an edge; some may touch. */
export function nestingOf(rings: readonly Ring[], touching: ReadonlySet<string>): Nesting {
  const areas = rings.map((ring) => Math.abs(doubleArea(ring)));
  const boxes = rings.map((ring) => boxOf([ring]));
  const depth = rings.map(() => 0);
  const parent = rings.map(() => -1);
  let crossed: number | undefined;
  for (const [inner, ring] of rings.entries()) {
    for (const [outer, around] of rings.entries()) {
      if (inner === outer || areas[outer]! < areas[inner]!) continue;
      if (areas[outer] === areas[inner] && outer > inner) continue;
      if (!meet(boxes[inner]!, boxes[outer]!)) continue;
      const touch = touching.has(inner < outer ? `${inner}/${outer}` : `${outer}/${inner}`);
      const where = ringWhere(ring, around, touch);
      if (where === 'both') crossed ??= inner;
      if (where !== 'inside') continue;
      depth[inner]! += 1;
      if (parent[inner] === -1 || areas[outer]! < areas[parent[inner]!]!) parent[inner] = outer;
    }
  }
  return { depth, parent, crossed };
}

const meet = (a: Box, b: Box): boolean =>
  a.west <= b.east && a.east >= b.west && a.south <= b.north && a.north >= b.south;

/** Of rings that do not touch, one position tells; of those that do, all positions and the middles between them. */
function ringWhere(ring: Ring, around: Ring, touch: boolean): Where | 'both' {
  if (!touch) return whereIs(around, ring[0]!, ring[1]!);
  const seen = new Set<Where>();
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    const [x, y] = [ring[at]!, ring[at + 1]!];
    seen.add(whereIs(around, x, y));
    seen.add(whereIs(around, (x + ring[next]!) / 2, (y + ring[next + 1]!) / 2));
  }
  if (seen.has('inside')) return seen.has('outside') ? 'both' : 'inside';
  return seen.has('outside') ? 'outside' : 'both';
}
