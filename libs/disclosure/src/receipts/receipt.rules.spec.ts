import { faultsOf, matchOf, type KnownReceipt } from './receipt.rules';

const receipt = (no: string, amountFen: bigint, platformNo: string | null = null): [string, KnownReceipt] => [
  no,
  { no, amountFen, platformNo },
];
const RECEIPTS = new Map([receipt('SZ-1', 150_000n), receipt('SZ-2', 2_000n, 'P-2')]);
const reasons = (rows: Parameters<typeof matchOf>[0], used: [string, string][] = [['P-2', 'SZ-2']]) =>
  matchOf(rows, RECEIPTS, new Map(used)).map(({ reason }) => reason);

describe('a row of the platform', () => {
  it('is matched by our number, and again when it comes again', () => {
    expect(reasons([{ receiptNo: 'SZ-1', platformNo: 'P-1', amountYuan: '1500.00' }])).toEqual([null]);
    expect(reasons([{ receiptNo: 'SZ-2', platformNo: 'P-2' }])).toEqual([null]);
  });

  it('is told apart when the receipt, its amount or its number is another', () => {
    expect(
      reasons([
        { receiptNo: 'SZ-9', platformNo: 'P-9' },
        { receiptNo: 'SZ-1', platformNo: 'P-1', amountYuan: '1500.01' },
        { receiptNo: 'SZ-2', platformNo: 'P-3' },
        { receiptNo: 'SZ-1', platformNo: 'P-2' },
        { receiptNo: 'SZ-1', platformNo: 'P-4' },
        { receiptNo: 'SZ-1', platformNo: 'P-5' },
      ]),
    ).toEqual([
      ...['receipt-unknown', 'amount-differs', 'receipt-has-another-number', 'number-used'],
      ...[null, 'receipt-has-another-number'],
    ]);
  });

  it('is refused with all that cannot be read', () => {
    expect(
      faultsOf([
        { receiptNo: 'SZ-1', platformNo: '13812345678', amountYuan: '1,500' },
        { receiptNo: 'SZ-2', platformNo: 'P-2' },
        { receiptNo: 'SZ-3', platformNo: 'P-2' },
      ]).map(({ row, field }) => [row, field]),
    ).toEqual([
      [1, 'platformNo'],
      [1, 'amountYuan'],
      [3, 'platformNo'],
    ]);
  });
});
