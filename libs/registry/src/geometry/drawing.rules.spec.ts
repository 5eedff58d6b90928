import { drawShape, gridOver, stepsFor } from './drawing.rules';
import { NANO } from './shape';

const nano = (...degrees: number[]): Float64Array =>
  Float64Array.from(degrees, (one) => Math.round(one * NANO));
const BOX = { west: 108 * NANO, south: 32 * NANO, east: 108.1 * NANO, north: 32.1 * NANO };

it('draws on a grid whose steps are as long to the east as to the north', () => {
  const grid = gridOver(BOX, 1_000);
  expect([grid.width, grid.height]).toEqual([848, 1_000]);
});

it('counts from the north-west, and leaves out what adds nothing', () => {
  const grid = gridOver(BOX, 1_000);
  const square = nano(108, 32, 108.05, 32, 108.1, 32, 108.1, 32.1, 108.1, 32.1000001, 108, 32.1);
  expect(drawShape([[square]], grid)).toEqual([[0, 1_000, 848, 1_000, 848, 0, 0, 0]]);
});

it('leaves out a ring that is smaller than a step', () => {
  const speck = nano(108.05, 32.05, 108.05001, 32.05, 108.05001, 32.05001);
  expect(drawShape([[speck]], gridOver(BOX, 1_000))).toEqual([]);
});

it('gets coarser with the number of positions, to an end', () => {
  expect([stepsFor(10, 100), stepsFor(200, 100), stepsFor(1e9, 100)]).toEqual([8_192, 4_096, 512]);
});
