import { yearChangeOf } from './year-change.rules';

const line = (year: number, parcelCode: string, amountFen: string) => ({
  year,
  parcelCode,
  areaMu100: '1230',
  fenPerMu: '1575',
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

  it('says nothing about a single year', () => {
    expect(yearChangeOf([line(2026, 'a', '1')])).toBeUndefined();
    expect(yearChangeOf([])).toBeUndefined();
  });
});
