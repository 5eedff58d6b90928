import { faultsOf, figureOf, type WantedFigure } from './figure.rules';

const price: WantedFigure = {
  ...{ kind: 'stock-price', forestClass: 'broadleaf', unit: 'fen-per-mu', amount: '1575' },
  ...{ validFrom: '2026-01-01', source: '县发改〔2026〕3号', illustrative: false },
};

describe('a figure of the accounts', () => {
  it('is of its kind: a density of a class, age group and origin, a price of a class, a price of growth', () => {
    expect(faultsOf(price)).toEqual([]);
    expect(faultsOf({ ...price, kind: 'fixation-price', forestClass: undefined, unit: 'fen-per-t' })).toEqual(
      [],
    );
    const density = {
      ...price,
      kind: 'stock-density',
      ageGroup: 'young',
      origin: 'planted',
      unit: 'g-per-mu100',
    };
    expect(faultsOf(density)).toEqual([]);
    expect(figureOf(density)).toMatchObject({ amount: 1575n, ageGroup: 'young' });
  });

  it('is refused for all that is wrong with it at once', () => {
    const wrong = {
      ...price,
      ...{ forestClass: 'oak', ageGroup: 'young', unit: 'g-per-mu100', amount: '-1' },
      ...{ validFrom: '2026-02-30', source: '电话 13812345678' },
    };
    expect(faultsOf(wrong).map(({ field }) => field)).toEqual([
      ...['unit', 'forestClass', 'ageGroup', 'amount', 'validFrom', 'source'],
    ]);
    expect(faultsOf({ ...price, kind: 'x' }).map(({ field }) => field)).toEqual(['kind']);
  });
});
