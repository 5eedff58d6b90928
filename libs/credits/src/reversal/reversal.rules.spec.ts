import { faultsOf, lossOf } from './reversal.rules';

const parcelOf = (code: string) =>
  code.startsWith('XB') ? { id: code, code, areaMu100: 1_230n } : undefined;

describe('the parcels of a reversal', () => {
  it('lose a part or an area', () => {
    const wanted = [
      { parcelCode: 'XB1', lostPercent: '37.5' },
      { parcelCode: 'XB2', lostMu: '12.30' },
    ];
    expect(faultsOf(wanted, parcelOf)).toEqual([]);
    expect(wanted.map(lossOf)).toEqual([{ lostPpm: 375_000n }, { lostMu100: 1_230n }]);
  });

  it('are judged all in one pass, each with what would be right', () => {
    const faults = faultsOf(
      [
        { parcelCode: 'XB1', lostPercent: '0' },
        { parcelCode: 'XB1', lostPercent: '100.0001' },
        { parcelCode: 'YY1', lostMu: 'all' },
        { parcelCode: 'XB2', lostMu: '12.31' },
        { parcelCode: 'XB3' },
        { parcelCode: 'XB4', lostMu: '1', lostPercent: '1' },
      ],
      parcelOf,
    );
    expect(faults.map(({ row, field, code, expected }) => [row, field, code, expected])).toEqual([
      [1, 'lostPercent', 'LOSS_NOT_POSITIVE', 'percent with at most four decimals, above 0'],
      [2, 'parcelCode', 'PARCEL_REPEATED', 'one row a parcel; row 1 names it'],
      [2, 'lostPercent', 'LOSS_OVER_WHOLE', 'at most 100'],
      [3, 'parcelCode', 'PARCEL_UNKNOWN', 'the code of a parcel of your regions'],
      [3, 'lostMu', 'LOSS_MALFORMED', 'mu with at most two decimals'],
      [4, 'lostMu', 'LOSS_OVER_WHOLE', "at most 12.30 mu, the parcel's area"],
      [5, 'lostPercent', 'LOSS_ONE_OF_TWO', 'either lostPercent or lostMu'],
      [6, 'lostPercent', 'LOSS_ONE_OF_TWO', 'either lostPercent or lostMu'],
    ]);
  });
});
