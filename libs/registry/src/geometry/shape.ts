/** Positions of a ring, longitude and latitude by turns, in nano-degrees; the first is not repeated at the end. */
export type Ring = Float64Array;

/** The outer ring counter-clockwise, then its holes clockwise. */
export type Polygon = readonly Ring[];

/** What a parcel looks like from above: polygons that do not overlap. CGCS2000, which is WGS 84 to a few centimetres. */
export type Shape = readonly Polygon[];

export const NANO = 1_000_000_000;

/** West, south, east and north in nano-degrees. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function boxOf(rings: readonly Ring[]): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      const [x, y] = [ring[at]!, ring[at + 1]!];
      if (x < box.west) box.west = x;
      if (x > box.east) box.east = x;
      if (y < box.south) box.south = y;
      if (y > box.north) box.north = y;
    }
  }
  return box;
}

export const ringsOf = (shape: Shape): Ring[] => shape.flat();

export const positionsOf = (shape: Shape): number =>
  ringsOf(shape).reduce((sum, ring) => sum + ring.length / 2, 0);
