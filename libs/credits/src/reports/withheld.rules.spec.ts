import fc from 'fast-check';

import { HOUSEHOLDS_LEAST, withheldOf } from './withheld.rules';

const places = (...households: number[]) =>
  households.map((count, index) => ({ region: `61092410000${index}`, households: count }));
const withheld = (...households: number[]) =>
  [...withheldOf(places(...households))].map((region) => Number(region.slice(-1))).sort();

describe('a place with fewer than three households', () => {
  it('is told in sum with another, so that no subtraction tells it', () => {
    expect(withheld(3, 3, 1, 3)).toEqual([0, 2]);
    expect(withheld(2, 2, 3)).toEqual([0, 1]);
    expect(withheld(1, 1, 3, 3)).toEqual([0, 1, 2]);
  });

  it('hides nothing where every place has enough, or nobody has land', () => {
    expect(withheld(3, 3, 3)).toEqual([]);
    expect(withheld(0, 3, 0)).toEqual([]);
    expect(withheld()).toEqual([]);
  });

  it('takes land of nobody with it when there is no other', () => {
    expect(withheld(2, 0)).toEqual([0, 1]);
    expect(withheld(2)).toEqual([0]);
  });

  it('is never left alone, and never shown, whatever the places', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: HOUSEHOLDS_LEAST }), { maxLength: 12 }), (counts) => {
        const all = places(...counts);
        const hidden = withheldOf(all);
        for (const { region, households } of all) {
          if (households > 0 && households < HOUSEHOLDS_LEAST) expect(hidden.has(region)).toBe(true);
        }
        if (hidden.size > 0 && all.length > 1) expect(hidden.size).toBeGreaterThan(1);
        const sum = all.filter(({ region }) => hidden.has(region)).reduce((n, one) => n + one.households, 0);
        const rest = all.filter(({ region }) => !hidden.has(region));
        if (hidden.size > 0 && sum < HOUSEHOLDS_LEAST) expect(rest).toEqual([]);
      }),
    );
  });
});
