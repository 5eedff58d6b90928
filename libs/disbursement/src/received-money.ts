import { Injectable } from '@nestjs/common';

import { ReceivedReaders, type Received, type ReceivedReader } from '@app/funds';
import type { Day } from '@app/kernel';
import { Database } from '@app/platform';

/** What reached parties: their paid lines, by the day their batch was settled. Tells it to funds, which may not ask. */
@Injectable()
export class ReceivedMoney implements ReceivedReader {
  constructor(
    private readonly database: Database,
    readers: ReceivedReaders,
  ) {
    readers.use(this);
  }

  async receivedBy(book: number, parties: readonly string[], day: Day): Promise<Received[]> {
    const rows = await this.database.query<Omit<Received, 'amountFen'> & { amountFen: string }>(
      `SELECT party, day::text, sum(due_fen)::text AS "amountFen"
         FROM (SELECT l.party, l.due_fen,
                      (coalesce(t.finished_at, t.submitted_at) AT TIME ZONE 'Asia/Shanghai')::date AS day
                 FROM disbursement.payment_line l
                 JOIN disbursement.batch t ON t.book = l.book AND t.id = l.batch
                WHERE l.book = $1 AND l.party = ANY ($2::uuid[]) AND l.state = 'paid') paid
        WHERE day <= $3::date GROUP BY party, day ORDER BY day, party`,
      [book, parties, day],
    );
    return rows.map((row) => ({ ...row, amountFen: BigInt(row.amountFen) }));
  }
}
