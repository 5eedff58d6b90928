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

/** The edges of all rings, sorted by where they begin: one number of each at its place. */
interface SortedEdges {
  readonly count: number;
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
  const edges = sortedEdges(rings);
  const { count, ring, position, begin } = edges;
  const touching = new Set<string>();
  const found = (crossing: Crossing | undefined, isTooMuch = false): Contacts => ({
    ...{ crossing, touching, isTooMuch },
  });
  for (let i = 0; i < count; i += 1) {
    const end = Math.max(edges.ax[i]!, edges.bx[i]!);
    for (let j = i + 1; j < count && begin[j]! <= end; j += 1) {
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
function sortedEdges(rings: readonly Ring[]): SortedEdges {
  const [width, height] = extentOf(rings);
  const [x, y] = width >= height ? [0, 1] : [1, 0];
  const starts = rings.flatMap((ring, index) =>
    Array.from({ length: ring.length / 2 }, (_none, position) => {
      const next = (2 * position + 2) % ring.length;
      return { ring, index, position, begin: Math.min(ring[2 * position + x]!, ring[next + x]!) };
    }),
  );
  starts.sort((a, b) => a.begin - b.begin);
  const count = starts.length;
  const numbers = (): Float64Array => new Float64Array(count);
  const edges = {
    ...{ count, ring: new Int32Array(count), position: new Int32Array(count), closes: new Uint8Array(count) },
    ...{ ax: numbers(), ay: numbers(), bx: numbers(), by: numbers(), begin: numbers() },
  };
  for (const [place, { ring, index, position, begin }] of starts.entries()) {
    const [at, next] = [2 * position, (2 * position + 2) % ring.length];
    edges.ring[place] = index;
    edges.position[place] = position;
    edges.closes[place] = next === 0 ? 1 : 0;
    edges.ax[place] = ring[at + x]!;
    edges.ay[place] = ring[at + y]!;
    edges.bx[place] = ring[next + x]!;
    edges.by[place] = ring[next + y]!;
    edges.begin[place] = begin;
  }
  return edges;
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
const areNeighbours = ({ position, closes }: SortedEdges, i: number, j: number): boolean =>
  Math.abs(position[i]! - position[j]!) === 1 ||
  (closes[i] === 1 && position[j] === 0) ||
  (closes[j] === 1 && position[i] === 0);

type Meeting = 'none' | 'touch' | 'cross';

function meet({ ax, ay, bx, by }: SortedEdges, i: number, j: number): Meeting {
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
