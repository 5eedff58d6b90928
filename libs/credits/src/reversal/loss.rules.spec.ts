import fc from 'fast-check';

import { lossesOf, type ShareAtRisk } from './loss.rules';

const share = (given: Partial<ShareAtRisk>): ShareAtRisk => ({
  ...{
    issuance: 'i',
    code: 'c',
    grade: 'G1',
    issuedAt: new Date(0),
    measurement: 'm',
    parcel: 'p',
    party: 'a',
  },
  ...{ areaMu100: 1_230n, first: 1n, grams: 100n, lostBefore: 0n },
  ...given,
});
const lost = (shares: readonly ShareAtRisk[], loss: { lostPpm: bigint } | { lostMu100: bigint }) =>
  lossesOf(shares, () => loss).map(({ lostGrams }) => lostGrams);

describe('what a parcel loses', () => {
  it('is a part of what is left, half up once, split over its shares', () => {
    expect(lost([share({})], { lostPpm: 375_000n })).toEqual([38n]);
    expect(lost([share({ lostBefore: 38n })], { lostPpm: 500_000n })).toEqual([31n]);
    expect(lost([share({ grams: 67n }), share({ party: 'b', grams: 33n })], { lostPpm: 500_000n })).toEqual([
      34n,
      16n,
    ]);
  });

  it('is an area of what was measured, and no more than is left', () => {
    expect(lost([share({})], { lostMu100: 615n })).toEqual([50n]);
    expect(lost([share({ lostBefore: 50n })], { lostMu100: 615n })).toEqual([50n]);
    expect(lost([share({ lostBefore: 70n })], { lostMu100: 615n })).toEqual([30n]);
    expect(lost([share({})], { lostMu100: 9_999n })).toEqual([100n]);
  });

  it('is reckoned year by year', () => {
    const years = [share({}), share({ measurement: 'n', grams: 7n })];
    expect(lost(years, { lostPpm: 500_000n })).toEqual([50n, 4n]);
  });

  it('is never more than a share has, and all of it when the whole is lost', () => {
    const parts = fc.array(
      fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 12n })),
      { minLength: 1, maxLength: 12 },
    );
    const ppm = fc.bigInt({ min: 1n, max: 1_000_000n });
    fc.assert(
      fc.property(parts, ppm, (of, lostPpm) => {
        const shares = of.map(([left, before], index) =>
          share({ party: String(index), grams: left + before, lostBefore: before }),
        );
        const left = of.reduce((sum, [each]) => sum + each, 0n);
        const losses = lossesOf(shares, () => ({ lostPpm }));
        for (const { lostGrams, leftGrams } of losses) expect(lostGrams <= leftGrams).toBe(true);
        const sum = losses.reduce((total, { lostGrams }) => total + lostGrams, 0n);
        expect(sum).toBe((2n * left * lostPpm + 1_000_000n) / 2_000_000n);
        if (lostPpm === 1_000_000n) expect(sum).toBe(left);
      }),
    );
  });
});
