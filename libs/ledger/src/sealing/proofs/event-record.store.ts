import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { EventRecord } from '@app/proof';

/** Events with all that their leaves cover; their facts as PostgreSQL prints them. */
@Injectable()
export class EventRecordStore {
  constructor(private readonly database: Database) {}

  async byNo(book: number, no: bigint): Promise<EventRecord | undefined> {
    const [row] = await this.database.query<Omit<EventRecord, 'no'> & { no: string }>(
      `SELECT v.no, ledger.instant(v.at) AS at, v.actor, v.type, v.facts::text AS facts
         FROM ledger.event v WHERE v.book = $1 AND v.no = $2`,
      [book, no],
    );
    return row && { ...row, no: BigInt(row.no) };
  }
}
