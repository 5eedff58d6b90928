import { meanWarning } from './measure.rules';

describe('the mean of what was measured', () => {
  it('passes without a word at what official totals make likely', () => {
    expect(meanWarning(182_000n * 30n, 3_000n)).toBeUndefined();
    expect(meanWarning(0n, 0n)).toBeUndefined();
  });

  it('is warned of when too little or too much, with the limits', () => {
    expect(meanWarning(49_999n, 100n)).toMatchObject({ code: 'MEAN_IMPLAUSIBLE', meanGramsPerMu: 49_999n });
    expect(meanWarning(600_001n, 100n)).toMatchObject({ mostGramsPerMu: 600_000n });
  });
});
