import type { Box, Shape } from './shape';

/** A village's box is this many steps wide or high: finer than a screen, coarser than a survey. */
export const GRID_STEPS = 8_192;
/** Fewer would make blocks of parcels. */
const GRID_STEPS_MIN = 512;

/** Steps of the grid, from the west and from the north, as screens count. */
export interface Grid {
  readonly box: Box;
  readonly width: number;
  readonly height: number;
}

/** A grid over the box whose steps are as long from west to east as from north to south, on the ground. */
export function gridOver(box: Box, steps = GRID_STEPS): Grid {
  const middle = (((box.south + box.north) / 2) * Math.PI) / 180e9;
  const [wide, high] = [(box.east - box.west) * Math.cos(middle), box.north - box.south];
  const step = Math.max(wide, high, 1) / steps;
  return { box, width: Math.max(1, Math.round(wide / step)), height: Math.max(1, Math.round(high / step)) };
}

/**
 * The rings of a shape on the grid, x and y by turns. Positions that fall on one step become one, and so do rows of
 * them in a line; neighbours that share a border still share it, for the same position falls on the same step.
 */
export function drawShape(shape: Shape, { box, width, height }: Grid): number[][] {
  const x = (lon: number): number =>
    Math.round(((lon - box.west) / Math.max(box.east - box.west, 1)) * width);
  const y = (lat: number): number =>
    Math.round(((box.north - lat) / Math.max(box.north - box.south, 1)) * height);
  return shape.flat().flatMap((ring) => {
    const drawn: number[] = [];
    for (let at = 0; at < ring.length; at += 2) addStep(drawn, x(ring[at]!), y(ring[at + 1]!));
    return drawn.length >= 6 ? [drawn] : [];
  });
}

function addStep(drawn: number[], x: number, y: number): void {
  const [ax, ay, bx, by] = drawn.slice(-4);
  if (drawn.length >= 2 && drawn.at(-2) === x && drawn.at(-1) === y) return;
  if (drawn.length >= 4 && (bx! - ax!) * (y - by!) === (by! - ay!) * (x - bx!)) drawn.length -= 2;
  drawn.push(x, y);
}

/** How coarse a grid has to be for so many positions at most; coarser than the coarsest it does not get. */
export function stepsFor(positions: number, positionsMax: number): number {
  const part = Math.min(1, positionsMax / Math.max(positions, 1));
  return Math.max(GRID_STEPS_MIN, Math.floor(GRID_STEPS * part));
}
