import fc from 'fast-check';

import { planTakings, sizeOf, type Block } from './take.rules';

const block = (id: string, first: bigint, last: bigint, over: Partial<Block> = {}): Block => ({
  id,
  issuance: 'i1',
  code: '610924100-2025-g1',
  issuedAt: new Date('2026-03-02T00:00:00Z'),
  party: 'p',
  place: 'card/c',
  first,
  last,
  ...over,
});

describe('taking serials', () => {
  it('splits a block at its low end and leaves the high end', () => {
    const { pieces, short } = planTakings([block('1', 11n, 100n)], [{ from: 'card/c', grams: 10n }]);
    expect(pieces).toEqual([{ ...block('1', 11n, 20n), taking: 0, rest: 21n }]);
    expect(short).toEqual([]);
  });

  it('takes the oldest issuance first and in it the lowest serials', () => {
    const older = { issuance: 'i0', code: '610924100-2024-g1', issuedAt: new Date('2025-03-02T00:00:00Z') };
    const blocks = [block('1', 1n, 5n), block('2', 40n, 49n, older), block('3', 20n, 29n, older)];
    const { pieces } = planTakings(blocks, [{ from: 'card/c', grams: 22n }]);
    expect(pieces.map(({ id, first, last }) => [id, first, last])).toEqual([
      ['3', 20n, 29n],
      ['2', 40n, 49n],
      ['1', 1n, 2n],
    ]);
  });

  it('takes from the one issuance it is told', () => {
    const blocks = [block('1', 1n, 5n), block('2', 1n, 5n, { issuance: 'i2' })];
    const { pieces } = planTakings(blocks, [{ from: 'card/c', issuance: 'i2', grams: 3n }]);
    expect(pieces.map(({ id }) => id)).toEqual(['2']);
  });

  it('tells how much there is when it is not enough', () => {
    const { short } = planTakings([block('1', 1n, 5n)], [{ from: 'card/c', grams: 6n }]);
    expect(short).toEqual([{ taking: 0, available: 5n }]);
  });

  it('never takes a serial twice, loses none, and gives exactly what was asked where there is enough', () => {
    const sizes = fc.array(fc.bigInt({ min: 1n, max: 30n }), { maxLength: 8 });
    fc.assert(
      fc.property(sizes, fc.bigInt({ min: 1n, max: 300n }), (lengths, grams) => {
        let next = 1n;
        const blocks = lengths.map((length, index) => {
          const made = block(String(index), next, next + length - 1n);
          next += length;
          return made;
        });
        const { pieces, short } = planTakings(blocks, [{ from: 'card/c', grams }]);
        const taken = pieces.reduce((sum, piece) => sum + sizeOf(piece), 0n);
        const there = next - 1n;
        expect(taken).toBe(there < grams ? there : grams);
        expect(short.length).toBe(there < grams ? 1 : 0);
        // The low end goes: what is taken of one issuance in one place are its first serials, in order.
        let expected = 1n;
        for (const { first, last } of pieces) {
          expect(first).toBe(expected);
          expected = last + 1n;
        }
      }),
    );
  });
});
