import { LIST_COLUMNS, readList } from './list-file.rules';

const HEADER = LIST_COLUMNS.join(',');
const GOOD = 'VCS-77,610924100001,,林证字1,XB00001,,12.30,2024-01-01,2043-12-31';
const faultsOf = (...rows: string[]) =>
  readList([HEADER, ...rows].join('\n')).faults.map(({ row, column, code }) => [row, column, code]);

describe('a list of another registry', () => {
  it('gives its entries with the row a spreadsheet shows', () => {
    expect(readList(`\uFEFF${HEADER}\r\n${GOOD}\r\n,,,,,,,,\r\n`)).toEqual({
      faults: [],
      entries: [
        {
          ...{ row: 2, projectNo: 'VCS-77', place: '610924100001', unitNo: null, certificateNo: '林证字1' },
          ...{ parcelCode: 'XB00001', landUnitCode: null, areaMu100: 1230n },
          ...{ from: '2024-01-01', to: '2043-12-31' },
        },
      ],
    });
  });

  it('is refused with every fault of every row in one pass, and then gives none', () => {
    const rows = [
      GOOD,
      'VCS-77,61092,,,=1+1,,0,2024-02-30,2043-12-31',
      ',610924,,,,,,2024-01-01,2023-12-31',
      'A,610924,,,13912345678,,,2024-01-01,2023-12-31',
      'A,610924',
      GOOD,
    ];
    expect(faultsOf(...rows)).toEqual([
      [3, 'place', 'REGION_MALFORMED'],
      [3, 'parcel_code', 'CELL_FORMULA'],
      [3, 'area_mu', 'AREA_MALFORMED'],
      [3, 'from', 'DATE_MALFORMED'],
      [4, 'project_no', 'CELL_EMPTY'],
      [5, 'parcel_code', 'PERSONAL_NUMBER_AS_CODE'],
      [6, null, 'ROW_LENGTH'],
      [7, null, 'REPEATED_IN_FILE'],
    ]);
    expect(readList([HEADER, ...rows].join('\n')).entries).toEqual([]);
  });

  it('never tells back a number that may be somebody’s', () => {
    const { faults } = readList(`${HEADER}\nA,610924,,,13912345678,,,2024-01-01,2024-12-31`);
    expect(JSON.stringify(faults)).not.toContain('13912345678');
  });

  it.each([
    ['', 1, 'HEADER_WRONG'],
    ['a,b', 1, 'HEADER_WRONG'],
    [HEADER, 2, 'FILE_EMPTY'],
    [`${HEADER}\n"VCS`, 2, 'CSV_MALFORMED'],
  ])('is no list: %j', (text, row, code) => {
    expect(readList(text).faults).toMatchObject([{ row, code }]);
  });

  it('ends when it is over', () => {
    expect(faultsOf('A,610924,,,,,,2024-01-02,2024-01-01')).toEqual([[2, 'to', 'DAYS_REVERSED']]);
  });
});
