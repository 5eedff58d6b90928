import fc from 'fast-check';

import { changesOf, LAND_CAUSES, type LandCell, type LandMove } from './land.rules';

const KEY = { forestClass: 'bamboo', ageGroup: 'middle', origin: 'natural' };
const cell = (areaMu100: bigint): LandCell => ({
  ...KEY,
  ...{ status: 'measured', registered: true, parcels: 1, areaMu100 },
});

describe('the change of land', () => {
  it('is opening and increases less decreases, whatever happened', () => {
    const area = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const moves = fc.array(
      fc.record({
        forestClass: fc.constantFrom('bamboo', 'tea'),
        ...{ ageGroup: fc.constant('middle'), origin: fc.constant('natural') },
        status: fc.constantFrom('reserve', 'measured', 'cancelled', 'closed'),
        cause: fc.constantFrom(...LAND_CAUSES),
        ...{ parcelsIn: fc.nat(9), parcelsOut: fc.nat(9), inMu100: area, outMu100: area },
      }),
    );
    fc.assert(
      fc.property(area, moves, (opening, all) => {
        for (const line of changesOf([cell(opening)], all as LandMove[])) {
          const sum = (parts: readonly { areaMu100: bigint }[]) =>
            parts.reduce((total, { areaMu100 }) => total + areaMu100, 0n);
          expect(line.openingMu100 + sum(line.increases) - sum(line.decreases)).toBe(line.closingMu100);
        }
      }),
    );
  });

  it('does not tell of steps that leave land in its class with its area', () => {
    const move = {
      ...KEY,
      status: 'measured',
      parcelsIn: 1,
      parcelsOut: 0,
      inMu100: 50n,
      outMu100: 0n,
    } as const;
    const within = (['status', 'registration', 'aged'] as const).map((cause) => ({ ...move, cause }));
    expect(changesOf([cell(100n)], within)).toEqual([
      { ...{ forestClass: 'bamboo', openingMu100: 100n, closingMu100: 100n }, increases: [], decreases: [] },
    ]);
  });
});
