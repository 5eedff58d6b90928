import { Injectable } from '@nestjs/common';

import { isDay, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { ReceiptRefusal } from './receipt.refusals';
import { ReceiptStore } from './receipt.store';

export interface NumberCommand {
  readonly bookCode: string;
  readonly region: string;
  /** Days on which the bank paid, both inside. */
  readonly from: Day;
  readonly to: Day;
}

/** Gives payments to villages' collectives their receipt numbers, each once. */
@Injectable()
export class NumberReceipts {
  constructor(private readonly receipts: ReceiptStore) {}

  /** Refuses RECEIPT_DAYS_WRONG. */
  async execute(tx: Tx, command: NumberCommand): Promise<Result<{ numbered: number }, ReceiptRefusal>> {
    const { bookCode, region, from, to } = command;
    if (!isDay(from) || !isDay(to) || to < from) return refuse({ code: 'RECEIPT_DAYS_WRONG', from, to });
    await this.receipts.lockBook(tx);
    const numbered = await this.receipts.number(tx, bookCode, region, from, to);
    tx.audit({ region, from, to, numbered });
    return ok({ numbered });
  }
}
