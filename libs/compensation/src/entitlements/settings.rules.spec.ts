import { RULE_KINDS } from './entitlement.words';
import { readSchemes, wrongSettings } from './settings.rules';

const RIGHT = {
  area: {},
  instalment: { schemes: { 'new-round': { '1': '50000', '3': '30000', '5': '40000' } } },
  milestone: {
    ...{ rates: { arbor: '20000', shrub: '12000' }, firstPartPpm: '500000' },
    ...{ leastAreaMu100: '100', acceptanceYears: '3' },
  },
  stipend: { highestMonthlyFen: '100000' },
  dividend: { floorPpm: '50000' },
};

describe('the settings of a programme', () => {
  it('are of its kind and of no other', () => {
    for (const kind of RULE_KINDS) {
      for (const other of RULE_KINDS) {
        expect(wrongSettings(kind, RIGHT[other]) === undefined).toBe(kind === other);
      }
    }
  });

  it('name years and rates that can be, and nothing besides', () => {
    const scheme = (years: object) => ({ schemes: { a: years } });
    for (const wrong of [scheme({}), scheme({ '0': '1' }), scheme({ '21': '1' }), scheme({ '1': 1 })])
      expect(wrongSettings('instalment', wrong)).toContain('schemes');
    expect(wrongSettings('instalment', { schemes: { A: { '1': '1' } } })).toBeDefined();
    expect(wrongSettings('dividend', { floorPpm: '49999' })).toBeDefined();
    expect(wrongSettings('milestone', { ...RIGHT.milestone, firstPartPpm: '1000000' })).toBeDefined();
    expect(wrongSettings('stipend', { ...RIGHT.stipend, more: '1' })).toBeDefined();
  });

  it('give the years of a scheme in their order', () => {
    expect(
      readSchemes(RIGHT.instalment)
        ?.get('new-round')
        ?.map(({ yearNo }) => yearNo),
    ).toEqual([1, 3, 5]);
  });
});
