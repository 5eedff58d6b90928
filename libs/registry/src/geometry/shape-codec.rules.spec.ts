import fc from 'fast-check';

import type { Shape } from './shape';
import { decodeShape, encodeShape } from './shape-codec.rules';

const ring = fc
  .array(fc.tuple(fc.integer({ min: -180e9, max: 180e9 }), fc.integer({ min: -90e9, max: 90e9 })), {
    minLength: 3,
    maxLength: 30,
  })
  .map((points) => Float64Array.from(points.flat()));
const shapes = fc.array(fc.array(ring, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

it('reads back every nano-degree of what it wrote', () => {
  fc.assert(fc.property(shapes, (shape: Shape) => expect(decodeShape(encodeShape(shape))).toEqual(shape)));
});

it('takes about six bytes for a position of a parcel', () => {
  const steps = Array.from({ length: 200 }, (_none, n) => [108.5e9 + 90_000 * (n % 17), 32.5e9 + 90_000 * n]);
  expect(encodeShape([[Float64Array.from(steps.flat())]]).length).toBeLessThan(200 * 7);
});

it.each([
  ['an unknown version', (bytes: Buffer) => Buffer.concat([Buffer.from([9]), bytes.subarray(1)])],
  ['a missing end', (bytes: Buffer) => bytes.subarray(0, -1)],
  ['a count beyond its bytes', () => Buffer.from([1, 255, 255, 255, 255, 127])],
])('takes %s for damage', (_what, damage) => {
  const bytes = encodeShape([[Float64Array.of(0, 0, 1e9, 0, 0, 1e9)]]);
  expect(() => decodeShape(damage(bytes))).toThrow(/shape/);
});
