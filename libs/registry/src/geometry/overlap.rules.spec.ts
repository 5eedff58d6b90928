import fc from 'fast-check';

import { areaM2Of, doubleArea, toPlane } from './equal-area.rules';
import { edgesOf, overlapM2 } from './overlap.rules';
import { NANO, type Ring, type Shape } from './shape';

const [LON, LAT] = [108.5 * NANO, 32.5 * NANO];
/** About ten metres. */
const STEP = 100_000;
const at = (points: readonly (readonly [number, number])[]): Ring =>
  Float64Array.from(points.flatMap(([x, y]) => [LON + x * STEP, LAT + y * STEP]));
const shared = (a: Shape, b: Shape): number => overlapM2(edgesOf(a), edgesOf(b));

/** A ring around a point, its corners at growing angles: it never crosses itself. */
const star = (corners: number) =>
  fc
    .tuple(
      fc.integer({ min: -40, max: 40 }),
      fc.integer({ min: -40, max: 40 }),
      fc.array(fc.integer({ min: 20, max: 100 }), { minLength: corners, maxLength: corners }),
    )
    .map(([x, y, radii]) =>
      at(
        radii.map((radius, corner) => {
          const angle = (2 * Math.PI * corner) / corners;
          return [
            Math.round(x + radius * Math.cos(angle)),
            Math.round(y + radius * Math.sin(angle)),
          ] as const;
        }),
      ),
    );

const square = (x: number, y: number, side: number): Ring =>
  at([
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
  ]);

/** Cuts a ring at each side of a convex one. Bridges of no width may remain, which have no area. */
function cutTo(ring: Ring, convex: Ring): number {
  let kept = [...toPlane(ring)];
  const sides = toPlane(convex);
  for (let side = 0; side < sides.length && kept.length > 0; side += 2) {
    const next = (side + 2) % sides.length;
    const [ax, ay, bx, by] = [sides[side]!, sides[side + 1]!, sides[next]!, sides[next + 1]!];
    const height = (x: number, y: number) => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const cut: number[] = [];
    for (let place = 0; place < kept.length; place += 2) {
      const after = (place + 2) % kept.length;
      const [x, y, x2, y2] = [kept[place]!, kept[place + 1]!, kept[after]!, kept[after + 1]!];
      const [here, there] = [height(x, y), height(x2, y2)];
      if (here >= 0) cut.push(x, y);
      if (here * there < 0) {
        const part = here / (here - there);
        cut.push(x + part * (x2 - x), y + part * (y2 - y));
      }
    }
    kept = cut;
  }
  return doubleArea(Float64Array.from(kept)) / 2;
}

const near = (one: number, other: number): void => expect(Math.abs(one - other)).toBeLessThan(0.01);

describe('what two shapes share', () => {
  it('is all of a shape with itself, and the same from both sides', () => {
    fc.assert(
      fc.property(star(9), star(7), (one, other) => {
        near(shared([[one]], [[one]]), areaM2Of([[one]]));
        near(shared([[one]], [[other]]), shared([[other]], [[one]]));
      }),
    );
  });

  it('is what cutting at the sides of a convex shape leaves', () => {
    fc.assert(
      fc.property(
        star(11),
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: 1, max: 80 }),
        (one, x, side) => {
          const convex = square(x, -x, side);
          near(shared([[one]], [[convex]]), cutTo(one, convex));
        },
      ),
    );
  });

  it('is nothing for neighbours along one border, and all of their sum for what lies around both', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 1, maxLength: 12 }), (border) => {
        const line = border.map((x, row) => [x, -100 + (row + 1) * 15] as const);
        const west = at([[-100, -100], [0, -100], ...line, [0, 100], [-100, 100]]);
        const east = at([[0, -100], [100, -100], [100, 100], [0, 100], ...line.toReversed()]);
        const whole = square(-100, -100, 200);
        near(shared([[west]], [[east]]), 0);
        near(shared([[whole]], [[west]]) + shared([[whole]], [[east]]), areaM2Of([[whole]]));
      }),
    );
  });

  it('leaves out holes and counts every part', () => {
    const hole = at([
      [30, 30],
      [30, 60],
      [60, 60],
      [60, 30],
    ]);
    const holed: Shape = [[square(0, 0, 90), hole]];
    near(shared(holed, [[square(30, 30, 30)]]), 0);
    const strip = at([
      [0, 0],
      [10, 0],
      [10, 20],
      [0, 20],
    ]);
    const parts: Shape = [[square(-10, 0, 20)], [square(80, 80, 20)]];
    near(shared(holed, parts), areaM2Of([[strip], [square(80, 80, 10)]]));
  });
});
