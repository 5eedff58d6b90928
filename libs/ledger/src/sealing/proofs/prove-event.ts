import { Injectable } from '@nestjs/common';

import { refuse, type Result } from '@app/kernel';
import type { Bundle } from '@app/proof';
import { EventRecordStore } from './event-record.store';
import { ProveRecord, type ProveRecordRefusal } from './prove-record';

export type ProveEventRefusal =
  ProveRecordRefusal | { readonly code: 'EVENT_UNKNOWN'; readonly event: string };

@Injectable()
export class ProveEvent {
  constructor(
    private readonly events: EventRecordStore,
    private readonly proveRecord: ProveRecord,
  ) {}

  async execute(book: number, no: bigint): Promise<Result<Bundle, ProveEventRefusal>> {
    const record = await this.events.byNo(book, no);
    if (!record) return refuse({ code: 'EVENT_UNKNOWN', event: no.toString() });
    return this.proveRecord.execute(book, { stream: 'event', record });
  }
}
