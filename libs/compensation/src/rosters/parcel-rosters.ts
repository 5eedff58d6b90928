import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { RosterState } from './roster.store';

/** What a roster had of a parcel. */
export interface ParcelRoster {
  readonly rosterId: string;
  readonly rosterNo: string;
  readonly state: RosterState;
  readonly asOf: Day;
  readonly lines: number;
  readonly amountFen: bigint;
}

const ROSTERS_MAX = 200;

/** Which rosters rest on the rights to a parcel. */
@Injectable()
export class ParcelRosters {
  constructor(private readonly database: Database) {}

  /** Those as of one of the days, the earliest first; of those that were given up nothing is told. */
  async of(book: number, parcelCode: string, from: Day, to: Day | null): Promise<ParcelRoster[]> {
    const rows = await this.database.query<Omit<ParcelRoster, 'amountFen'> & { amountFen: string }>(
      `SELECT r.id AS "rosterId", r.no AS "rosterNo", r.state, r.as_of::text AS "asOf", count(*)::int AS lines,
              sum(l.amount_fen)::text AS "amountFen"
         FROM registry.parcel p
         JOIN compensation.roster_line l ON l.book = p.book AND l.parcel = p.id AND l.state NOT IN ('carried', 'excluded')
         JOIN compensation.roster r ON r.book = l.book AND r.id = l.roster AND r.state <> 'void'
        WHERE p.book = $1 AND p.code = $2 AND daterange($3::date, $4::date, '[]') @> r.as_of
        GROUP BY r.id, r.no, r.state, r.as_of ORDER BY r.as_of, r.no LIMIT ${ROSTERS_MAX}`,
      [book, parcelCode, from, to],
    );
    return rows.map((row) => ({ ...row, amountFen: BigInt(row.amountFen) }));
  }
}
