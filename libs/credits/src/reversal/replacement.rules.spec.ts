import fc from 'fast-check';

import { planReplacements, type Owed, type StandIn } from './replacement.rules';

const AGES: Readonly<Record<string, number>> = { old: 1, own: 2, new: 3 };
const owed = (code: string, party: string, first: number, last: number, given: Partial<Owed> = {}): Owed => ({
  ...{ issuance: code, code, party, grade: 'G1', issuedAt: new Date(AGES[code]!), isRetired: true },
  ...{ first: BigInt(first), last: BigInt(last), ...given },
});
const buffer = (code: string, party: string, first: number, last: number, grade = 'G1'): StandIn => {
  const range = { first: BigInt(first), last: BigInt(last) };
  const issuedAt = new Date(AGES[code]!);
  const block = { id: `${code} ${first}`, issuance: code, code, issuedAt, party, place: `buffer/${code}` };
  return { ...range, block: { ...block, ...range }, grade };
};
const told = (all: readonly Owed[], standIns: readonly StandIn[]) => {
  const { replacements, short } = planReplacements(all, standIns);
  return [
    ...replacements.map(
      ({ range, by }) =>
        `${range.first}-${range.last} by ${by.block.code} ${by.block.party} ${by.first}-${by.last}`,
    ),
    ...short.map(({ first, last }) => `${first}-${last} short`),
  ];
};

describe('what stands in for sold grams', () => {
  it('is the own buffer, then that of the others in the issuance, then the oldest other issuance', () => {
    const standIns = [
      ...[
        buffer('new', 'a', 1, 90),
        buffer('old', 'b', 1, 5),
        buffer('own', 'b', 50, 53),
        buffer('own', 'a', 90, 92),
      ],
    ];
    expect(told([owed('own', 'a', 1, 13)], standIns)).toEqual([
      '1-3 by own a 90-92',
      '4-7 by own b 50-53',
      '8-12 by old b 1-5',
      '13-13 by new a 1-1',
    ]);
  });

  it('is everybody’s own before it is another’s', () => {
    const standIns = [buffer('own', 'a', 90, 94), buffer('own', 'b', 95, 99)];
    expect(told([owed('own', 'a', 1, 8), owed('own', 'b', 20, 22)], standIns)).toEqual([
      '1-5 by own a 90-94',
      '20-22 by own b 95-97',
      '6-7 by own b 98-99',
      '8-8 short',
    ]);
  });

  it('serves claims that were made before those to come', () => {
    const coming = owed('own', 'a', 1, 4, { isRetired: false });
    expect(told([coming, owed('own', 'a', 8, 9)], [buffer('own', 'a', 90, 92)])).toEqual([
      '8-9 by own a 90-91',
      '1-1 by own a 92-92',
      '2-4 short',
    ]);
  });

  it('is never of a lower grade', () => {
    expect(told([owed('own', 'a', 1, 2)], [buffer('old', 'a', 1, 9, 'G0')])).toEqual(['1-2 short']);
    expect(told([owed('own', 'a', 1, 2)], [buffer('old', 'a', 1, 9, 'G2')])).toEqual(['1-2 by old a 1-2']);
  });

  it('is as much as is owed or as there is, each gram once', () => {
    const party = fc.constantFrom('a', 'b', 'c');
    const code = fc.constantFrom('old', 'own', 'new');
    const size = fc.integer({ min: 1, max: 20 });
    const runs = fc.array(fc.tuple(code, party, size), { maxLength: 12 });
    fc.assert(
      fc.property(runs, runs, (lost, kept) => {
        const all = lost.map(([c, p, n], index) => owed(c, p, index * 100 + 1, index * 100 + n));
        const standIns = kept.map(([c, p, n], index) =>
          buffer(c, p, index * 100 + 5_001, index * 100 + 5_000 + n),
        );
        const { replacements, short } = planReplacements(all, standIns);
        const sum = (list: readonly { first: bigint; last: bigint }[]) =>
          list.reduce((total, { first, last }) => total + last - first + 1n, 0n);
        const replaced = sum(replacements.map(({ range }) => range));
        expect(replaced + sum(short)).toBe(sum(all));
        expect(sum(replacements.map(({ by }) => by))).toBe(replaced);
        expect(replaced).toBe(sum(all) < sum(standIns) ? sum(all) : sum(standIns));
        const serials = replacements.flatMap(({ by }) => numbers(by));
        expect(new Set(serials).size).toBe(serials.length);
      }),
    );
  });
});

const numbers = ({ first, last }: { first: bigint; last: bigint }): bigint[] =>
  Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index));
