import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { SerialState } from '../reads/serial-origins';
import type { Place } from './land.store';
import { ofRegion } from './region-filter';

/** Grams of one class that are in one state. */
export interface StateGrams {
  readonly forestClass: string;
  readonly state: SerialState;
  /** Why they were cancelled, or the platform they went to; empty for the other states. */
  readonly detail: string;
  readonly grams: bigint;
}

type StateRow = Omit<StateGrams, 'grams'> & { readonly grams: string };

/** Where the grams of a place's land are, by the day on which they came there. */
@Injectable()
export class PlaceStore {
  constructor(private readonly database: Database) {}

  /** As the book stood at the end of the day. */
  async on({ book, region }: Place, day: Day): Promise<StateGrams[]> {
    const rows = await this.database.query<StateRow>(
      `SELECT g.forest_class AS "forestClass", g.state, g.detail, sum(g.grams)::text AS grams
         FROM credits.grams_change g WHERE ${ofRegion('g', region)} AND g.day <= $3::date
        GROUP BY 1, 2, 3 HAVING sum(g.grams) <> 0 ORDER BY 1, 2, 3`,
      [book, region, day],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }));
  }
}
