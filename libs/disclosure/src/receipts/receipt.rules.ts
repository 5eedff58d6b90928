import { holdsIdOrPhone, parseUnits, YUAN } from '@app/kernel';

/** A line of the platform's file, as somebody sent it. */
export interface PlatformRow {
  /** Our number. */
  readonly receiptNo: string;
  readonly platformNo: string;
  /** What the platform booked, in yuan; not compared when it is left out. */
  readonly amountYuan?: string | undefined;
}

export interface RowFault {
  /** From 1, as the rows were sent. */
  readonly row: number;
  readonly field: 'platformNo' | 'amountYuan' | 'receiptNo';
  readonly expected: string;
}

export const UNMATCHED_REASONS = [
  'receipt-unknown',
  'amount-differs',
  'receipt-has-another-number',
  'number-used',
] as const;
export type UnmatchedReason = (typeof UNMATCHED_REASONS)[number];

/** What cannot be read, all of it in one pass. */
export function faultsOf(rows: readonly PlatformRow[]): RowFault[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ receiptNo, platformNo, amountYuan }, index): RowFault[] => {
    const row = index + 1;
    const faults: RowFault[] = [];
    if (platformNo.trim() === '' || holdsIdOrPhone(platformNo)) {
      faults.push({ row, field: 'platformNo', expected: 'the platform’s number, nobody’s ID or phone' });
    }
    if (holdsIdOrPhone(receiptNo)) {
      faults.push({ row, field: 'receiptNo', expected: 'our number, as SZ-610924-000001' });
    }
    const before = seen.get(platformNo);
    if (before !== undefined) {
      faults.push({ row, field: 'platformNo', expected: `a number once; it stands in row ${before} too` });
    }
    seen.set(platformNo, row);
    if (amountYuan !== undefined && !parseUnits(YUAN, amountYuan).ok) {
      faults.push({ row, field: 'amountYuan', expected: 'yuan, as 1234.50' });
    }
    return faults;
  });
}

export interface KnownReceipt {
  readonly no: string;
  readonly amountFen: bigint;
  readonly platformNo: string | null;
}

/** A row with its receipt, or why there is none. Rows that were matched before are matched again. */
export interface Matched {
  readonly row: PlatformRow;
  readonly reason: UnmatchedReason | null;
}

export function matchOf(
  rows: readonly PlatformRow[],
  receipts: ReadonlyMap<string, KnownReceipt>,
  /** Numbers of the platform that receipts have, with the receipt's. */
  used: ReadonlyMap<string, string>,
): Matched[] {
  const taken = new Map<string, string>();
  return rows.map((row) => {
    const receipt = receipts.get(row.receiptNo);
    const reason = reasonOf(row, receipt, used.get(row.platformNo), taken.get(row.receiptNo));
    if (reason === null) taken.set(row.receiptNo, row.platformNo);
    return { row, reason };
  });
}

function reasonOf(
  { receiptNo, platformNo, amountYuan }: PlatformRow,
  receipt: KnownReceipt | undefined,
  usedBy: string | undefined,
  taken: string | undefined,
): UnmatchedReason | null {
  if (!receipt) return 'receipt-unknown';
  const amount = amountYuan === undefined ? undefined : parseUnits(YUAN, amountYuan);
  if (amount?.ok && amount.value !== receipt.amountFen) return 'amount-differs';
  const known = receipt.platformNo ?? taken ?? platformNo;
  if (known !== platformNo) return 'receipt-has-another-number';
  return usedBy !== undefined && usedBy !== receiptNo ? 'number-used' : null;
}
