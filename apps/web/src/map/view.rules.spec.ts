import { apartOf, isFarApart, moved, pathOf, showing, wholeOf, zoomed } from './view.rules';

const GRID = { width: 1_000, height: 500 };

describe('the window on a village', () => {
  it('begins with all of it and a margin', () => {
    expect(wholeOf(GRID)).toEqual({ x: -40, y: -40, width: 1_080, height: 580 });
  });

  it('keeps the point under the pointer where it is', () => {
    const near = zoomed(wholeOf(GRID), GRID, 0.5, { x: 230, y: 105 });
    expect((230 - near.x) / near.width).toBeCloseTo((230 + 40) / 1_080);
    expect((105 - near.y) / near.height).toBeCloseTo((105 + 40) / 580);
  });

  it('comes no nearer than a twentieth and goes no farther than all', () => {
    expect(zoomed(wholeOf(GRID), GRID, 0.0001).width).toBe(54);
    expect(zoomed(wholeOf(GRID), GRID, 9)).toEqual(wholeOf(GRID));
  });

  it('does not leave the village', () => {
    const near = zoomed(wholeOf(GRID), GRID, 0.5);
    expect(moved(near, GRID, -9, -9)).toMatchObject({ x: -40, y: -40 });
    expect(moved(near, GRID, 9, 9)).toMatchObject({ x: 1_040 - 540, y: 540 - 290 });
  });

  it('moves to what is chosen when it is out of sight', () => {
    const near = zoomed(wholeOf(GRID), GRID, 0.2, { x: 0, y: 0 });
    expect(showing(near, GRID, { x: 10, y: 10 })).toBe(near);
    const there = showing(near, GRID, { x: 600, y: 300 });
    expect([there.x + there.width / 2, there.y + there.height / 2]).toEqual([600, 300]);
  });
});

it('writes rings as a path', () => {
  expect(
    pathOf([
      [0, 0, 9, 0, 9, 9],
      [1, 1, 2, 2, 1, 2],
    ]),
  ).toBe('M0 0L9 0L9 9ZM1 1L2 2L1 2Z');
});

it('warns where the map is over 5 % from what is stated', () => {
  expect([apartOf('1000', '1050'), apartOf('1000', '940'), apartOf('3', '4')]).toEqual([500n, -600n, 3_333n]);
  expect([500n, 501n, -500n, -501n].map(isFarApart)).toEqual([false, true, false, true]);
});
