import { Injectable } from '@nestjs/common';

import { isUuid, refuse, type Result } from '@app/kernel';
import type { Bundle } from '@app/proof';
import { ProveRecord, type ProveRecordRefusal } from './prove-record';
import { RefusalRecordStore } from './refusal-record.store';

export type ProveRefusalRefusal =
  ProveRecordRefusal | { readonly code: 'REFUSAL_UNKNOWN'; readonly refusal: string };

/** A refusal that stays with its id is a fact as an entry is: that something was asked for, and was not done. */
@Injectable()
export class ProveRefusal {
  constructor(
    private readonly refusals: RefusalRecordStore,
    private readonly proveRecord: ProveRecord,
  ) {}

  /** By the id that was refused, or by number. */
  async execute(book: number, refusal: string): Promise<Result<Bundle, ProveRefusalRefusal>> {
    const record = isUuid(refusal)
      ? await this.refusals.byId(book, refusal)
      : await this.refusals.byNo(book, BigInt(refusal));
    if (!record) return refuse({ code: 'REFUSAL_UNKNOWN', refusal });
    return this.proveRecord.execute(book, { stream: 'refusal', record });
  }
}
