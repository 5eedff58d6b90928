import fc from 'fast-check';

import { planIssuances, type Issuable } from './issuance.rules';

const DEDUCTIONS = { bufferPpm: 100_000n, discountPpm: () => 0n };

const issuable = (code: string, grams: bigint, over: Partial<Issuable> = {}): Issuable => ({
  measurement: `m-${code}`,
  parcel: `p-${code}`,
  parcelCode: code,
  landUnit: `l-${code}`,
  tenure: 'individual',
  rightRegistered: true,
  grams,
  halfWidthPpm: null,
  verification: null,
  rights: [holder('A')],
  ...over,
});
const holder = (partyNo: string, sharePpm = 1_000_000n) => ({
  party: `id-${partyNo}`,
  partyNo,
  kind: 'management',
  sharePpm,
  documentNo: `B${partyNo}`,
});

describe('an issuance', () => {
  it('gives each party one run of serials, by party number and in it by parcel, the buffer half up from its sum', () => {
    const [plan] = planIssuances(
      [issuable('2', 7n), issuable('3', 100n, { rights: [holder('B')] }), issuable('1', 8n)],
      DEDUCTIONS,
    );
    expect(plan).toMatchObject({ grade: 'G1', grams: 115n, bufferGrams: 12n });
    expect(plan!.lines).toEqual([
      { party: 'id-A', partyNo: 'A', grams: 15n, bufferGrams: 2n, firstSerial: 1n },
      { party: 'id-B', partyNo: 'B', grams: 100n, bufferGrams: 10n, firstSerial: 16n },
    ]);
    expect(
      plan!.shares.map(({ measurement, grams, firstSerial }) => [measurement, grams, firstSerial]),
    ).toEqual([
      ['m-1', 8n, 1n],
      ['m-2', 7n, 9n],
      ['m-3', 100n, 16n],
    ]);
  });

  it('is a memorandum for state forest and for land without a registered right', () => {
    const plans = planIssuances(
      [
        issuable('1', 10n, { tenure: 'state' }),
        issuable('2', 20n, { rightRegistered: false }),
        issuable('3', 40n, { tenure: 'collective' }),
      ],
      DEDUCTIONS,
    );
    expect(plans.map(({ grade, grams }) => [grade, grams])).toEqual([
      ['G0', 30n],
      ['G1', 40n],
    ]);
  });

  it('gives all parcels of one land unit the lower grade', () => {
    const plans = planIssuances(
      [issuable('1', 10n, { landUnit: 'l' }), issuable('2', 20n, { landUnit: 'l', rightRegistered: false })],
      DEDUCTIONS,
    );
    expect(plans.map(({ grade, grams, landUnits }) => [grade, grams, landUnits])).toEqual([
      ['G0', 30n, ['l']],
    ]);
  });

  it('leaves out of each parcel what its uncertainty takes, rounded half up once, and gives it to nobody', () => {
    const discountPpm = (width: bigint | null) => (width === null ? 0n : width / 2n);
    const [plan] = planIssuances([issuable('1', 1_001n, { halfWidthPpm: 100_000n }), issuable('2', 1_000n)], {
      bufferPpm: 100_000n,
      discountPpm,
    });
    expect(plan).toMatchObject({ grams: 1_951n, discountGrams: 50n, bufferGrams: 195n });
    expect(plan!.measurements).toEqual([
      { id: 'm-1', discountGrams: 50n },
      { id: 'm-2', discountGrams: 0n },
    ]);
  });

  it('says 核证 only of land that one report covers whole', () => {
    const plans = planIssuances(
      [
        issuable('1', 10n, { landUnit: 'l', verification: 'report' }),
        issuable('2', 20n, { landUnit: 'l' }),
        issuable('3', 40n, { verification: 'report' }),
        issuable('4', 80n, { verification: 'report' }),
      ],
      DEDUCTIONS,
    );
    expect(plans.map(({ verification, grams }) => [verification, grams])).toEqual([
      [null, 30n],
      ['report', 120n],
    ]);
  });

  it('leaves out a parcel without grams and one without rights, and does not claim their land', () => {
    expect(planIssuances([issuable('1', 0n), issuable('2', 5n, { rights: [] })], DEDUCTIONS)).toEqual([]);
  });

  it('numbers every gram once: runs follow each other without gap or overlap, whatever the parcels', () => {
    const parcel = fc.record({
      grams: fc.bigInt({ min: 0n, max: 10n ** 9n }),
      partyNo: fc.constantFrom('A', 'B', 'C', 'D'),
      sharePpm: fc.bigInt({ min: 1n, max: 1_000_000n }),
      tenure: fc.constantFrom('state', 'collective', 'individual'),
      rightRegistered: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(parcel, { maxLength: 30 }), (parcels) => {
        const plans = planIssuances(
          parcels.map(({ grams, partyNo, sharePpm, ...rest }, index) =>
            issuable(String(index).padStart(3, '0'), grams, { ...rest, rights: [holder(partyNo, sharePpm)] }),
          ),
          DEDUCTIONS,
        );
        for (const { grams, bufferGrams, lines, shares } of plans) {
          for (const runs of [lines, shares]) {
            let next = 1n;
            for (const run of runs) {
              expect(run.firstSerial).toBe(next);
              next += run.grams;
            }
            expect(next).toBe(grams + 1n);
          }
          expect(lines.reduce((sum, line) => sum + line.bufferGrams, 0n)).toBe(bufferGrams);
          expect(new Set(lines.map(({ party }) => party)).size).toBe(lines.length);
        }
      }),
    );
  });
});
