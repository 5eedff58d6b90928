import { coefficientsOf, faultsOf, type CoefficientRow } from './coefficients.rules';

const row = (gramsPerMuYear: string, rest: Partial<CoefficientRow> = {}): CoefficientRow => ({
  ...{ forestClass: 'broadleaf', ageGroup: 'middle', gramsPerMuYear },
  ...rest,
});

describe('coefficients as a county proposes them', () => {
  it('takes the mean of an inventory: 5,227,200 t over 28.78 million mu', () => {
    expect(faultsOf([row(String((5_227_200n * 1_000_000n) / 28_780_000n))])).toEqual([]);
  });

  it('refuses what a plan once printed: 119 million t over 28.78 million mu', () => {
    const printed = String((119_000_000n * 1_000_000n) / 28_780_000n);
    expect(printed).toBe('4134815');
    expect(faultsOf([row('182000', { ageGroup: 'young' }), row(printed)])).toEqual([
      {
        row: 2,
        field: 'gramsPerMuYear',
        value: '4134815',
        code: 'COEFFICIENT_IMPOSSIBLE',
        expected: 'at most 1000000 without evidenceNo, the document of what was measured',
      },
    ]);
  });

  it('takes more than a tonne with a document of what was measured, and never more than ten', () => {
    expect(
      faultsOf([row('1000000'), row('1000001', { ageGroup: 'young', evidenceNo: '样地〔2026〕3号' })]),
    ).toEqual([]);
    expect(faultsOf([row('10000001', { evidenceNo: 'x' })])).toMatchObject([
      { code: 'COEFFICIENT_IMPOSSIBLE', expected: 'at most 10000000' },
    ]);
  });

  it.each(['', '-1', '1.5', '01', '1e3', '１２', ' 1', '99999999999999999999'])(
    'refuses %p grams',
    (grams) => {
      expect(faultsOf([row(grams)])).toMatchObject([{ row: 1, code: 'GRAMS_MALFORMED' }]);
    },
  );

  it('names every fault of every row in one pass', () => {
    const faults = faultsOf([
      row('1', { forestClass: 'jungle', ageGroup: 'ancient' }),
      row('2'),
      row('3', { origin: 'planted' }),
      row('x', { origin: 'sown' }),
    ]);
    expect(faults.map(({ row: number, field, code }) => [number, field, code])).toEqual([
      [1, 'forestClass', 'VALUE_UNKNOWN'],
      [1, 'ageGroup', 'VALUE_UNKNOWN'],
      [3, 'forestClass', 'COEFFICIENT_REPEATED'],
      [4, 'origin', 'VALUE_UNKNOWN'],
      [4, 'gramsPerMuYear', 'GRAMS_MALFORMED'],
    ]);
  });

  it('is of both origins where none is said', () => {
    expect(coefficientsOf([row('5')]).map(({ origin, grams }) => [origin, grams])).toEqual([
      ['natural', 5n],
      ['planted', 5n],
    ]);
  });
});
