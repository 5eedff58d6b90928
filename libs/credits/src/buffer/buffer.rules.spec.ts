import { addYears, returnSlices } from './buffer.rules';

describe('a buffer that returns', () => {
  it('does so on the same day years later, on the 28th where February has no 29th', () => {
    expect(addYears('2026-03-02', 10)).toBe('2036-03-02');
    expect(addYears('2028-02-29', 1)).toBe('2029-02-28');
    expect(addYears('2028-02-29', 4)).toBe('2032-02-29');
  });

  it('is cut into entries that each sum to zero and name an account once', () => {
    const moved = Array.from({ length: 4_500 }, (_, index) => ({
      ...{ issuance: 'i', code: '610924100-2025-g1', party: `p${Math.floor(index / 2)}`, from: 'buffer/x' },
      ...{ to: `holding/p${Math.floor(index / 2)}`, first: 1n, last: 3n, grams: 3n, serial: '' },
    }));
    const slices = returnSlices(moved);
    expect(slices.map((legs) => legs.length)).toEqual([2_000, 252]);
    for (const legs of slices) {
      expect(legs.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
      expect(new Set(legs.map(({ path }) => path)).size).toBe(legs.length);
    }
  });
});
