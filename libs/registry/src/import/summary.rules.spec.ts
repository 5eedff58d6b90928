import { groupRows, summaryOf, whenAny } from './summary.rules';

describe('the summary of an import', () => {
  const rows = [
    { region: '2', word: 'tea', areaMu100: 150n },
    { region: '1', word: 'tea', areaMu100: 50n },
    { region: '2', word: 'tea', areaMu100: 1n },
    { region: '2', word: 'bamboo', areaMu100: 1n },
  ];
  const groups = groupRows(rows, (region) => (region === '2' ? '某村' : null));

  it('counts rows and areas by place and word', () => {
    expect(groups).toEqual([
      { region: '1', regionName: null, word: 'tea', rows: 1, areaMu100: 50n },
      { region: '2', regionName: '某村', word: 'bamboo', rows: 1, areaMu100: 1n },
      { region: '2', regionName: '某村', word: 'tea', rows: 2, areaMu100: 151n },
    ]);
  });

  it('is told in two languages, and what is not so is not said', () => {
    const head = { zh: '头', en: 'head' };
    const { lines } = summaryOf(head, groups, (word) => (word === 'tea' ? '茶园' : word), [
      whenAny(0, '无', 'none'),
    ]);
    expect(lines.map(({ zh }) => zh)).toEqual([
      '头',
      '1：茶园 1，0.50 亩',
      '某村（2）：bamboo 1，0.01 亩',
      '某村（2）：茶园 2，1.51 亩',
    ]);
    expect(lines[3]?.en).toBe('某村 (2): 2 tea, 1.51 mu');
  });

  it('lists 500 groups at most, and tells how many there are', () => {
    const many = groupRows(
      Array.from({ length: 600 }, (_, index) => ({ region: String(index), word: 'x' })),
      () => null,
    );
    expect(summaryOf({ zh: '', en: '' }, many, (word) => word)).toMatchObject({
      groupsTotal: 600,
      groups: { length: 500 },
    });
  });
});
