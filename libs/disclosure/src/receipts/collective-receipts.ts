import { Injectable } from '@nestjs/common';

import { ReceiptStore, type CollectiveReceipt, type ReceiptFilter, type UnmatchedRow } from './receipt.store';

const UNMATCHED_SHOWN = 200;

/** Receipts of villages' collectives with both numbers, and what waits on either side. */
@Injectable()
export class CollectiveReceipts {
  constructor(private readonly receipts: ReceiptStore) {}

  page(book: number, filter: ReceiptFilter): Promise<CollectiveReceipt[]> {
    return this.receipts.page(book, filter);
  }

  /** Rows of the platform that fit no receipt of ours, the newest 200. */
  unmatched(book: number): Promise<UnmatchedRow[]> {
    return this.receipts.unmatchedRows(book, UNMATCHED_SHOWN);
  }
}
