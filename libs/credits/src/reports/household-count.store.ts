import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { PlaceHouseholds } from './withheld.rules';

/** One more household with land of the place, other than those found; the first found is enough. */
const ANOTHER = (found: string): string => `(
  SELECT r.party FROM registry.parcel p
    JOIN registry.right_share r ON r.book = p.book AND r.parcel = p.id AND r.valid @> $3::date
    JOIN registry.party t ON t.book = r.book AND t.id = r.party AND t.kind IN ('household', 'person')
   WHERE p.book = $1 AND p.village >= v.region AND p.village < v.region || ':' AND r.party <> ALL (${found}) LIMIT 1)`;

/** How many households have land in places, counted up to the least number that may be told of. */
@Injectable()
export class HouseholdCountStore {
  constructor(private readonly database: Database) {}

  /** Of every place of so many digits below the parent that has land in the book. */
  of(book: number, parent: string, digits: number, day: Day): Promise<PlaceHouseholds[]> {
    return this.database.query<PlaceHouseholds>(
      `SELECT v.region, num_nonnulls(a.party, b.party, c.party) AS households
         FROM (SELECT DISTINCT l.region FROM credits.land_change l
                WHERE l.book = $1 AND l.region >= $2 AND l.region < $2 || ':' AND length(l.region) = $4) v
        CROSS JOIN LATERAL (SELECT ${ANOTHER(`'{}'::uuid[]`)} AS party) a
        CROSS JOIN LATERAL (SELECT CASE WHEN a.party IS NOT NULL THEN ${ANOTHER('ARRAY[a.party]')} END AS party) b
        CROSS JOIN LATERAL (SELECT CASE WHEN b.party IS NOT NULL THEN ${ANOTHER('ARRAY[a.party, b.party]')} END AS party) c
        ORDER BY v.region`,
      [book, parent, day, digits],
    );
  }
}
