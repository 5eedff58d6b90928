import { Injectable } from '@nestjs/common';

import { isUuid, refuse, type Result } from '@app/kernel';
import type { Bundle } from '@app/proof';
import { EntryRecordStore } from './entry-record.store';
import { ProveRecord, type ProveRecordRefusal } from './prove-record';

export type ProveEntryRefusal =
  ProveRecordRefusal | { readonly code: 'ENTRY_UNKNOWN'; readonly entry: string };

@Injectable()
export class ProveEntry {
  constructor(
    private readonly entries: EntryRecordStore,
    private readonly proveRecord: ProveRecord,
  ) {}

  /** By id or by number. */
  async execute(book: number, entry: string): Promise<Result<Bundle, ProveEntryRefusal>> {
    const record = isUuid(entry)
      ? await this.entries.byId(book, entry)
      : await this.entries.bySeq(book, BigInt(entry));
    if (!record) return refuse({ code: 'ENTRY_UNKNOWN', entry });
    return this.proveRecord.execute(book, { stream: 'entry', record });
  }
}
