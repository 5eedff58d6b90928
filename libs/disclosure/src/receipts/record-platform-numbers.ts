import { Injectable } from '@nestjs/common';

import { ok, parseUnits, refuse, YUAN, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { ReceiptRefusal } from './receipt.refusals';
import { faultsOf, matchOf, type Matched, type PlatformRow, type UnmatchedReason } from './receipt.rules';
import { ReceiptStore } from './receipt.store';

export interface PlatformNumbers {
  readonly matched: number;
  /** In order of the rows, counted from 1. */
  readonly unmatched: readonly { readonly row: number; readonly reason: UnmatchedReason }[];
}

const ERRORS_SHOWN = 100;

/** Takes the platform's numbers for our receipts; what it has and we cannot place is kept for people to look into. */
@Injectable()
export class RecordPlatformNumbers {
  constructor(private readonly receipts: ReceiptStore) {}

  /** Refuses PLATFORM_ROWS_REFUSED with every fault, and then records nothing. */
  async execute(tx: Tx, rows: readonly PlatformRow[]): Promise<Result<PlatformNumbers, ReceiptRefusal>> {
    const errors = faultsOf(rows);
    if (errors.length > 0) {
      return refuse({
        code: 'PLATFORM_ROWS_REFUSED',
        total: errors.length,
        errors: errors.slice(0, ERRORS_SHOWN),
      });
    }
    await this.receipts.lockBook(tx);
    const receipts = await this.receipts.known(
      tx,
      rows.map(({ receiptNo }) => receiptNo),
    );
    const used = await this.receipts.used(
      tx,
      rows.map(({ platformNo }) => platformNo),
    );
    const all = matchOf(rows, receipts, used);
    const matched = all.filter(({ reason }) => reason === null);
    await this.receipts.record(
      tx,
      matched.map(({ row }) => [row.receiptNo, row.platformNo]),
    );
    await this.receipts.keepUnmatched(tx, all.flatMap(unmatchedOf));
    const unmatched = all.flatMap(({ reason }, index) => (reason ? [{ row: index + 1, reason }] : []));
    tx.audit({ rows: rows.length, matched: matched.length, unmatched: unmatched.length });
    return ok({ matched: matched.length, unmatched });
  }
}

function unmatchedOf({ row: { receiptNo, platformNo, amountYuan }, reason }: Matched) {
  if (reason === null) return [];
  const amount = amountYuan === undefined ? undefined : parseUnits(YUAN, amountYuan);
  return [
    { receiptNo: receiptNo.slice(0, 64), platformNo, amountFen: amount?.ok ? amount.value : null, reason },
  ];
}
