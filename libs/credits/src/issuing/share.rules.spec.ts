import fc from 'fast-check';

import { shareGrams, type RightShare } from './share.rules';

const right = (partyNo: string, sharePpm: bigint, kind = 'management'): RightShare => ({
  party: `id-${partyNo}`,
  partyNo,
  kind,
  sharePpm,
  documentNo: `B${partyNo}`,
});
const gramsOf = (grams: bigint, rights: readonly RightShare[]) =>
  shareGrams(grams, rights).map(({ partyNo, grams: part }) => [partyNo, part]);

describe('the grams of a parcel', () => {
  it('go whole to the one who holds it', () => {
    expect(gramsOf(307_500n, [right('A', 1_000_000n)])).toEqual([['A', 307_500n]]);
  });

  it('are split by largest remainder, the gram over to the larger one', () => {
    expect(gramsOf(100n, [right('B', 333_333n), right('A', 666_667n)])).toEqual([
      ['A', 67n],
      ['B', 33n],
    ]);
  });

  it('go by carbon contract where there is one, else by management, contract, trees, land', () => {
    const rights = ['land-ownership', 'tree-ownership', 'contract', 'management', 'carbon-income'].map(
      (kind, index) => right(String(index), 1_000_000n, kind),
    );
    for (let left = rights.length; left > 0; left -= 1) {
      expect(gramsOf(10n, rights.slice(0, left))).toEqual([[String(left - 1), 10n]]);
    }
  });

  it('stay nobody’s where nobody has a share', () => {
    expect(gramsOf(1_000n, [right('A', 600_000n)])).toEqual([['A', 600n]]);
    expect(gramsOf(1_000n, [])).toEqual([]);
  });

  it('never become more than they are, and all go out where the shares are whole', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 999_999 }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.boolean(), (points, grams, whole) => {
        const ends = [...new Set(points)].sort((a, b) => a - b);
        if (whole) ends.push(1_000_000);
        const rights = ends.map((end, index) => right(`P${index}`, BigInt(end - (ends[index - 1] ?? 0))));
        const parts = shareGrams(grams, rights);
        const sum = parts.reduce((total, part) => total + part.grams, 0n);
        expect(sum <= grams).toBe(true);
        if (whole) expect(sum).toBe(grams);
        for (const { grams: part, sharePpm } of parts) {
          expect(part - (grams * sharePpm) / 1_000_000n <= 1n).toBe(true);
        }
      }),
    );
  });
});
