import { surveyFaults, type KnownPlot, type SurveyRow } from './survey.rules';

const PLOT: KnownPlot = {
  ...{
    id: 'p',
    code: 'YD-1',
    village: '610924100001',
    forestClass: 'broadleaf',
    ageGroup: 'middle',
    origin: 'natural',
  },
  last: { on: '2021-09-01', areaM2: 600n, volumeDm3: 6_000n },
};
const ROW: SurveyRow = { plotCode: 'YD-1', measuredOn: '2025-09-01', areaM2: '600', volumeDm3: '6720' };
const NEW = {
  ...{
    plotCode: 'YD-2',
    villageCode: '610924100001',
    forestClass: 'bamboo',
    ageGroup: 'middle',
    origin: 'natural',
  },
};
const setting = {
  regions: ['610924'],
  today: '2026-03-02',
  plotOf: (code: string) => (code === 'YD-1' ? PLOT : undefined),
};
const faults = (...rows: SurveyRow[]) =>
  surveyFaults(rows, setting).map(({ row, field, code }) => `${row} ${field} ${code}`);

describe('a round of plots', () => {
  it('takes a known plot by its code and a new one with what grows on it', () => {
    expect(faults(ROW, { ...ROW, ...NEW, culms: '120' })).toEqual([]);
    expect(faults({ ...ROW, plotCode: 'YD-2' })).toEqual([
      ...[
        '1 forestClass VALUE_WRONG',
        '1 ageGroup VALUE_WRONG',
        '1 origin VALUE_WRONG',
        '1 villageCode VALUE_WRONG',
      ],
    ]);
  });

  it('refuses a plot that shrank, a day before the last round and a growth that no forest has', () => {
    expect(faults({ ...ROW, areaM2: '599' })).toEqual(['1 areaM2 AREA_SHRANK']);
    expect(faults({ ...ROW, measuredOn: '2021-12-01' })).toEqual(['1 measuredOn ROUND_BEFORE_LAST']);
    // 30 m³ a hectare and year are 7.200 m³ on this plot in four years.
    expect(faults({ ...ROW, volumeDm3: '13200' })).toEqual([]);
    expect(faults({ ...ROW, volumeDm3: '13201' })).toEqual(['1 volumeDm3 GROWTH_IMPLAUSIBLE']);
    expect(faults({ ...ROW, volumeDm3: '1199' })).toEqual(['1 volumeDm3 GROWTH_IMPLAUSIBLE']);
  });

  it('names every fault of every row in one pass', () => {
    expect(
      faults(
        { ...ROW, measuredOn: '2027-01-01', areaM2: '0', volumeDm3: '1.5', culms: '-1' },
        { ...ROW, forestClass: 'bamboo' },
        { ...ROW, ...NEW, villageCode: '610921100001' },
      ),
    ).toEqual([
      ...[
        '1 measuredOn VALUE_WRONG',
        '1 areaM2 VALUE_WRONG',
        '1 volumeDm3 VALUE_WRONG',
        '1 culms VALUE_WRONG',
      ],
      ...['2 plotCode PLOT_REPEATED', '2 forestClass VALUE_WRONG', '3 villageCode PLOT_OUTSIDE'],
    ]);
  });
});
