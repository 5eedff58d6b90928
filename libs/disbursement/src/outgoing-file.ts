import { Injectable } from '@nestjs/common';

import { canonicalText, present } from '@app/kernel';
import { Crypto } from '@app/platform';
import { Registry } from '@app/registry';
import { BatchLineStore } from './batch-line.store';
import type { Batch } from './batch.store';
import type { BatchFile, FileLine } from './payment-channel';

/** Builds what the bank is given. The only place of this lib where account numbers are in clear. */
@Injectable()
export class OutgoingFile {
  constructor(
    private readonly batchLines: BatchLineStore,
    private readonly registry: Registry,
    private readonly crypto: Crypto,
  ) {}

  /**
   * The same file every time: an account row never changes, and a line keeps the account it was planned with.
   * The digest is keyed, so that it tells nothing of the numbers in it.
   */
  async build(book: number, batch: Batch): Promise<BatchFile> {
    const planned = await this.batchLines.planned(book, batch.id);
    const accounts = await this.registry.accountDetails(book, [
      ...new Set(planned.map((line) => line.account)),
    ]);
    const lines = planned.map(({ seq, line, amountFen, account }): FileLine => {
      const { number, holderName } = present(accounts.get(account), 'a planned account is on record');
      return { seq, account: number, holder: holderName, amountFen, key: line };
    });
    const content = canonicalText(lines.map((line) => ({ ...line, seq: String(line.seq) })));
    const digest = this.crypto.blindIndex('bank-account.number', content).toString('hex');
    return { batchNo: batch.no, bank: batch.bank, totalFen: batch.totalFen, digest, lines };
  }
}
