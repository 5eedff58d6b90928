import fc from 'fast-check';

import { divideHalfUp } from '@app/kernel';
import { asOfDay, draftRoster, type Candidate } from './draft.rules';

/** 0.01 mu in a mu; fen in a yuan. */
const MU = 100n;

const candidate = (over: Partial<Candidate> = {}): Candidate => ({
  parcel: 'parcel-1',
  village: '610924100001',
  areaMu100: 1_230n,
  registered: true,
  standard: 'standard',
  fenPerMu: 1_575n,
  deductionFenPerMu: 0n,
  qualityResult: null,
  qualityPpm: 1_000_000n,
  right: 'right-1',
  party: 'party-1',
  sharePpm: 1_000_000n,
  ...over,
});

const totalOf = (...parcels: Pick<Candidate, 'areaMu100' | 'fenPerMu'>[]): bigint =>
  draftRoster(parcels.map((parcel, i) => candidate({ ...parcel, parcel: `parcel-${i}` }))).totalFen;

describe('a roster drafted from rights', () => {
  it('pays what published cases paid', () => {
    // 息烽 2016: two standards in one county.
    expect(
      totalOf({ areaMu100: 342_000n * MU, fenPerMu: 800n }, { areaMu100: 315_700n * MU, fenPerMu: 1_475n }),
    ).toBe(739_257_500n);
    // 旺苍 2017.
    expect(totalOf({ areaMu100: 1_295_671n * MU, fenPerMu: 1_475n })).toBe(1_911_114_725n);
    // 郧西, the line that stood for no forest.
    expect(totalOf({ areaMu100: 640n * MU, fenPerMu: 1_275n })).toBe(816_000n);
    // 安吉 2018: the printed 22.12 million.
    expect(totalOf({ areaMu100: 632_000n * MU, fenPerMu: 3_500n })).toBe(2_212_000_000n);
    // 香格里拉: what a household and a person got on average of 49.948 million.
    const average = (parties: bigint) => divideHalfUp(4_994_800_000n, parties);
    expect([average(26_852n), average(117_694n)]).toEqual([186_012n, 42_439n]);
    // 193.725 yuan rounds up.
    expect(totalOf({ areaMu100: 1_230n, fenPerMu: 1_575n })).toBe(19_373n);
  });

  it('splits a parcel among its holders so that the parts are the whole', () => {
    const { lines, parties, areaMu100, totalFen } = draftRoster([
      candidate({ right: 'a', party: 'a', sharePpm: 500_000n }),
      candidate({ right: 'b', party: 'b', sharePpm: 500_000n }),
    ]);
    expect(lines.map(({ amountFen }) => amountFen)).toEqual([9_687n, 9_686n]);
    expect({ parties, areaMu100, totalFen }).toEqual({ parties: 2, areaMu100: 1_230n, totalFen: 19_373n });
  });

  it('pays nobody the part of a parcel that nobody holds', () => {
    const { lines, totalFen } = draftRoster([candidate({ sharePpm: 250_000n })]);
    expect(lines).toHaveLength(1);
    expect(totalFen).toBe(4_843n);
  });

  it('counts what it leaves out, and why', () => {
    const { lines, leftOut, areaMu100 } = draftRoster([
      candidate({ parcel: '1', registered: false }),
      candidate({ parcel: '2', standard: null, fenPerMu: null }),
      candidate({ parcel: '3', right: null, party: null, sharePpm: null }),
      candidate({ parcel: '4', areaMu100: 1n, fenPerMu: 100n, sharePpm: 1n }),
      candidate({ parcel: '5' }),
    ]);
    expect(lines.map(({ parcel }) => parcel)).toEqual(['5']);
    expect(leftOut).toEqual({ unregistered: 1, withoutStandard: 1, withoutRight: 1, sharesBelowOneFen: 1 });
    expect(areaMu100).toBe(1_230n);
  });

  it('never pays more for a parcel than the parcel, and loses no fen of one wholly held', () => {
    const shares = fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 8 });
    const area = fc.bigInt({ min: 1n, max: 10_000_000n });
    const rate = fc.bigInt({ min: 1n, max: 100_000n });
    fc.assert(
      fc.property(shares, area, rate, fc.boolean(), (weights, areaMu100, fenPerMu, isWhole) => {
        const sum = weights.reduce((a, b) => a + b, 0n);
        const scaled = weights.map((weight) => (weight * 999_992n) / sum + 1n);
        if (isWhole) scaled[0]! += 1_000_000n - scaled.reduce((a, b) => a + b, 0n);
        const { lines, totalFen } = draftRoster(
          scaled.map((sharePpm, i) =>
            candidate({ right: `${i}`, party: `${i}`, areaMu100, fenPerMu, sharePpm }),
          ),
        );
        const parcelFen = (2n * areaMu100 * fenPerMu + 100n) / 200n;
        expect(lines.every((line) => line.parcelFen === parcelFen)).toBe(true);
        if (isWhole) expect(totalFen).toBe(parcelFen);
        else expect(totalFen <= parcelFen).toBe(true);
      }),
    );
  });
});

describe('the day of a year’s roster', () => {
  it('is today within the year, and the nearest day of the year outside it', () => {
    expect(asOfDay('2026-05-06', 2026)).toBe('2026-05-06');
    expect(asOfDay('2026-05-06', 2025)).toBe('2025-12-31');
    expect(asOfDay('2026-05-06', 2027)).toBe('2027-01-01');
  });
});
