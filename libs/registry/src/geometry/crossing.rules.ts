import { orderOf } from './order.rules';
import type { Ring } from './shape';

/** Where two edges of a feature meet that should not. Rings and positions count from 0. */
export interface Crossing {
  readonly kind: 'same-ring' | 'two-rings';
  readonly ring: number;
  readonly position: number;
}

export interface Contacts {
  /** The first edges that cross, or lie on one another. */
  readonly crossing: Crossing | undefined;
  /** Pairs of rings that touch each other without crossing at an edge, as `lower/higher`. */
  readonly touching: ReadonlySet<string>;
  /** True when the comparisons that were allowed were not enough. */
  readonly isTooMuch: boolean;
}

/** The edges of all rings by number, and `order`: their numbers by where they begin. */
interface Edges {
  readonly order: Uint32Array;
  readonly ring: Int32Array;
  readonly position: Int32Array;
  /** 1 for the edge that closes its ring. */
  readonly closes: Uint8Array;
  readonly ax: Float64Array;
  readonly ay: Float64Array;
  readonly bx: Float64Array;
  readonly by: Float64Array;
  readonly begin: Float64Array;
}

/** Comparisons that are allowed, counted down over all features of a file: a hostile one must come to an end. */
export interface Budget {
  left: number;
}

/**
 * Looks at every pair of edges that could meet: the edges are sorted along the longer side of the feature and each
 * is compared with those that begin before it ends. Positions are integers of nano-degrees, so that which side of
 * an edge a point lies on is reckoned without rounding for edges of up to six kilometres.
 */
export function contactsOf(rings: readonly Ring[], budget: Budget): Contacts {
  const edges = edgesOf(rings);
  const { order, ring, position, begin } = edges;
  const touching = new Set<string>();
  const found = (crossing: Crossing | undefined, isTooMuch = false): Contacts => ({
    ...{ crossing, touching, isTooMuch },
  });
  for (let place = 0; place < order.length; place += 1) {
    const i = order[place]!;
    const end = Math.max(edges.ax[i]!, edges.bx[i]!);
    for (let beside = place + 1; beside < order.length; beside += 1) {
      const j = order[beside]!;
      if (begin[j]! > end) break;
      budget.left -= 1;
      if (budget.left < 0) return found(undefined, true);
      const meeting = meet(edges, i, j);
      if (meeting === 'none') continue;
      const [one, other] = [ring[i]!, ring[j]!];
      if (one !== other && meeting === 'touch')
        touching.add(one < other ? `${one}/${other}` : `${other}/${one}`);
      else if (one !== other) return found({ kind: 'two-rings', ring: one, position: position[i]! });
      else if (!areNeighbours(edges, i, j)) {
        return found({ kind: 'same-ring', ring: one, position: Math.min(position[i]!, position[j]!) });
      }
    }
  }
  return found(undefined);
}

/** Along x; of a feature that is higher than wide, x and y change places, which changes no crossing. */
function edgesOf(rings: readonly Ring[]): Edges {
  const [width, height] = extentOf(rings);
  const [x, y] = width >= height ? [0, 1] : [1, 0];
  const count = rings.reduce((sum, ring) => sum + ring.length / 2, 0);
  const column = (): Float64Array => new Float64Array(count);
  const [ax, ay, bx, by, begin] = [column(), column(), column(), column(), column()];
  const [ringOf, position, closes] = [new Int32Array(count), new Int32Array(count), new Uint8Array(count)];
  let edge = 0;
  for (const [index, ring] of rings.entries()) {
    for (let at = 0; at < ring.length; at += 2, edge += 1) {
      const next = (at + 2) % ring.length;
      ringOf[edge] = index;
      position[edge] = at / 2;
      closes[edge] = next === 0 ? 1 : 0;
      ax[edge] = ring[at + x]!;
      ay[edge] = ring[at + y]!;
      bx[edge] = ring[next + x]!;
      by[edge] = ring[next + y]!;
      begin[edge] = Math.min(ax[edge]!, bx[edge]!);
    }
  }
  return { order: orderOf(begin), ring: ringOf, position, closes, ax, ay, bx, by, begin };
}

function extentOf(rings: readonly Ring[]): readonly [number, number] {
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 1) {
      least[at % 2] = Math.min(least[at % 2]!, ring[at]!);
      most[at % 2] = Math.max(most[at % 2]!, ring[at]!);
    }
  }
  return [most[0]! - least[0]!, most[1]! - least[1]!];
}

/** Edges of one ring that follow each other meet in their common position; folding back is mended before. */
const areNeighbours = ({ position, closes }: Edges, i: number, j: number): boolean =>
  Math.abs(position[i]! - position[j]!) === 1 ||
  (closes[i] === 1 && position[j] === 0) ||
  (closes[j] === 1 && position[i] === 0);

type Meeting = 'none' | 'touch' | 'cross';

function meet({ ax, ay, bx, by }: Edges, i: number, j: number): Meeting {
  const [aX, aY, bX, bY] = [ax[i]!, ay[i]!, bx[i]!, by[i]!];
  const [cX, cY, dX, dY] = [ax[j]!, ay[j]!, bx[j]!, by[j]!];
  if (Math.max(aY, bY) < Math.min(cY, dY) || Math.max(cY, dY) < Math.min(aY, bY)) return 'none';
  const c = (bX - aX) * (cY - aY) - (bY - aY) * (cX - aX);
  const d = (bX - aX) * (dY - aY) - (bY - aY) * (dX - aX);
  if (c * d > 0) return 'none';
  const a = (dX - cX) * (aY - cY) - (dY - cY) * (aX - cX);
  const b = (dX - cX) * (bY - cY) - (dY - cY) * (bX - cX);
  if (a * b > 0) return 'none';
  if (c === 0 && d === 0) return shareLength([aX, bX, cX, dX], [aY, bY, cY, dY]);
  // None of the four on the line of the others, and each pair on both sides: they cross in the middle.
  return c !== 0 && d !== 0 && a !== 0 && b !== 0 ? 'cross' : 'touch';
}

/** Edges on one line, which boxes that meet have in common: lying on one another is as bad as crossing. */
function shareLength(...[x, y]: [readonly number[], readonly number[]]): Meeting {
  const [a, b, c, d] = (Math.abs(x[1]! - x[0]!) >= Math.abs(y[1]! - y[0]!) ? x : y) as [
    number,
    number,
    number,
    number,
  ];
  const from = Math.max(Math.min(a, b), Math.min(c, d));
  const to = Math.min(Math.max(a, b), Math.max(c, d));
  if (from > to) return 'none';
  return from === to ? 'touch' : 'cross';
}
