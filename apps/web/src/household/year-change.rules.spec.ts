import { isOfLand, yearChangeOf } from './year-change.rules';

const line = (year: number, parcelCode: string, amountFen: string) => ({
  year,
  parcelCode,
  areaMu100: '1230',
  fenPerMu: '1575',
  deductionFenPerMu: '0',
  qualityPpm: '1000000',
  amountFen,
});

describe('what changed since last year', () => {
  it('compares the two latest years and names the parcels that came and went', () => {
    const change = yearChangeOf([
      line(2024, 'a', '100'),
      line(2025, 'a', '100'),
      line(2025, 'b', '40'),
      line(2026, 'a', '130'),
      line(2026, 'c', '50'),
    ]);
    expect(change).toMatchObject({ last: 2026, before: 2025, differenceFen: 40n });
    expect(
      change?.parcels.map(({ parcelCode, before, after }) => [
        parcelCode,
        before?.amountFen,
        after?.amountFen,
      ]),
    ).toEqual([
      ['a', '100', '130'],
      ['b', '40', undefined],
      ['c', undefined, '50'],
    ]);
  });

  it('is told of land alone', () => {
    expect(isOfLand(line(2026, 'a', '1'))).toBe(true);
    expect(isOfLand({ ...line(2026, 'a', '1'), areaMu100: null, fenPerMu: null })).toBe(false);
  });

  it('says nothing about a single year', () => {
    expect(yearChangeOf([line(2026, 'a', '1')])).toBeUndefined();
    expect(yearChangeOf([])).toBeUndefined();
  });
});
