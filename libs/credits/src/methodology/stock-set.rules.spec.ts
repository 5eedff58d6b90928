import { growthOf, speciesOf, stockFaults, type GrowthRow, type SpeciesRow } from './stock-set.rules';

const OAK: SpeciesRow = {
  ...{ species: 'oak', name: '栎类', densityTonnesPerM3: '0.676', expansion: '1.355', rootShare: '0.292' },
  ...{ carbonShare: '0.5', source: '[M] 缺省值' },
};
const row = (growthM3PerHaYear: string, rest: Partial<GrowthRow> = {}): GrowthRow => ({
  ...{ forestClass: 'broadleaf', ageGroup: 'middle', species: 'oak', growthM3PerHaYear, source: '样地' },
  ...rest,
});

describe('a set of the stock-change method', () => {
  it('gives the coefficient that its factors come to, for both origins', () => {
    expect(stockFaults([OAK], [row('2')])).toEqual([]);
    expect(growthOf([row('2')], speciesOf([OAK])).map(({ origin, grams }) => [origin, grams])).toEqual([
      ['natural', 289_287n],
      ['planted', 289_287n],
    ]);
  });

  it('is refused above a tonne a mu without a document, with what it comes to', () => {
    // 28.58 m³ of oak a hectare is the 4.134 t a mu that a plan once printed.
    expect(stockFaults([OAK], [row('28.58')])).toMatchObject([
      {
        ...{ part: 'growth', row: 1, field: 'growthM3PerHaYear', code: 'COEFFICIENT_IMPOSSIBLE' },
        expected: expect.stringMatching(/without evidenceNo.*gives 4133\d{3} grams/) as string,
      },
    ]);
    expect(stockFaults([OAK], [row('28.58', { evidenceNo: '样地〔2026〕3号' })])).toEqual([]);
    expect(stockFaults([OAK], [row('199', { evidenceNo: 'x' })])).toMatchObject([
      { code: 'COEFFICIENT_IMPOSSIBLE' },
    ]);
  });

  it('is told every fault of both lists in one pass', () => {
    const faults = stockFaults(
      [{ ...OAK, densityTonnesPerM3: '676', carbonShare: '0.4999' }, OAK],
      [
        row('-1', { species: 'pine', forestClass: 'jungle' }),
        row('1'),
        row('1', { origin: 'planted', halfWidthPpm: '1.5' }),
      ],
    );
    expect(faults.map(({ part, row: number, field, code }) => `${part} ${number} ${field} ${code}`)).toEqual([
      'species 1 densityTonnesPerM3 FIGURE_WRONG',
      'species 1 carbonShare FIGURE_WRONG',
      'species 2 species ROW_REPEATED',
      'growth 1 forestClass VALUE_UNKNOWN',
      'growth 1 species VALUE_UNKNOWN',
      'growth 1 growthM3PerHaYear FIGURE_WRONG',
      'growth 3 halfWidthPpm FIGURE_WRONG',
      'growth 3 forestClass ROW_REPEATED',
    ]);
  });
});
