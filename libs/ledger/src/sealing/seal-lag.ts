import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';

export interface SealLag {
  readonly book: string;
  /** Since the oldest record that no seal covers was committed, by the book's clock; 0 when there is none. */
  readonly seconds: number;
}

@Injectable()
export class SealLags {
  constructor(private readonly database: Database) {}

  read(): Promise<SealLag[]> {
    return this.database.query<SealLag>(`
      SELECT b.code AS book,
             greatest(0, coalesce(extract(epoch FROM platform.book_now(b.id) - least(e.recorded_at, r.decided_at, v.at)), 0))::float8
               AS seconds
        FROM platform.book b
        LEFT JOIN LATERAL (SELECT s.next_entry, s.next_refusal, s.next_event FROM ledger.seal s
                            WHERE s.book = b.id ORDER BY s.no DESC LIMIT 1) s ON true
        LEFT JOIN ledger.entry e ON e.book = b.id AND e.seq = coalesce(s.next_entry, 1)
        LEFT JOIN ledger.refusal r ON r.book = b.id AND r.no = coalesce(s.next_refusal, 1)
        LEFT JOIN ledger.event v ON v.book = b.id AND v.no = coalesce(s.next_event, 1)`);
  }
}
