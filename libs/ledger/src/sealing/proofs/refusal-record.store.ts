import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { RefusalRecord } from '@app/proof';

/** The columns that the form of a refusal covers; its facts as PostgreSQL prints them. */
const REFUSAL = `
  SELECT r.no, r.id, encode(r.body, 'hex') AS body, r.code, r.facts::text AS facts, r.actor,
         ledger.instant(r.decided_at) AS "decidedAt"
    FROM ledger.refusal r`;

/** Frozen refusals with all that their leaves cover. */
@Injectable()
export class RefusalRecordStore {
  constructor(private readonly database: Database) {}

  byId(book: number, id: string): Promise<RefusalRecord | undefined> {
    return this.one(`${REFUSAL} WHERE r.book = $1 AND r.id = $2`, [book, id]);
  }

  byNo(book: number, no: bigint): Promise<RefusalRecord | undefined> {
    return this.one(`${REFUSAL} WHERE r.book = $1 AND r.no = $2`, [book, no]);
  }

  private async one(sql: string, params: readonly unknown[]): Promise<RefusalRecord | undefined> {
    const [row] = await this.database.query<Omit<RefusalRecord, 'no'> & { no: string }>(sql, params);
    return row && { ...row, no: BigInt(row.no) };
  }
}
