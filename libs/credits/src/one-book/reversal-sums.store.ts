import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { Place } from './land.store';

/** 逆转 of one kind: what was lost of grams that grew in the place, and what became of those somebody had bought. */
export interface ReversalSum {
  readonly kind: string;
  readonly events: number;
  readonly lostGrams: bigint;
  /** Not sold: cancelled at once, or void before. */
  readonly cancelledGrams: bigint;
  /** Somebody's claim: other grams had to stand in. */
  readonly owedGrams: bigint;
  readonly replacedGrams: bigint;
  /** 缺口: what nothing stands in for yet. */
  readonly openGrams: bigint;
}

type Row = Record<'lost' | 'cancelled' | 'owed' | 'replaced', string> & {
  readonly kind: string;
  readonly events: number;
};

@Injectable()
export class ReversalSums {
  constructor(private readonly database: Database) {}

  /** Of all that was decided and replaced up to the end of the day. */
  async on({ book, region }: Place, day: Day): Promise<ReversalSum[]> {
    const rows = await this.database.query<Row>(
      `WITH lost AS (
         SELECT r.kind, r.id, s.measurement, s.party, s.lost_grams, s.holding_grams + s.buffer_grams + s.void_grams AS gone,
                s.owed_grams
           FROM credits.reversal r
           JOIN credits.reversal_share s ON s.book = r.book AND s.reversal = r.id
           JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
          WHERE r.book = $1 AND r.state = 'approved' AND credits.day_of(r.decided_at) <= $3::date
            AND starts_with(m.village, $2)),
       made_good AS (
         SELECT l.kind, sum(upper(p.serials * o.serials) - lower(p.serials * o.serials)) AS grams
           FROM lost l
           JOIN credits.reversed_serials o ON o.book = $1 AND o.reversal = l.id AND o.measurement = l.measurement
            AND o.party = l.party AND o.fate = 'owed'
           JOIN credits.replacement p ON p.book = o.book AND p.issuance = o.issuance AND p.serials && o.serials
            AND credits.day_of(p.replaced_at) <= $3::date
          GROUP BY l.kind)
       SELECT l.kind, count(DISTINCT l.id)::int AS events, sum(l.lost_grams)::text AS lost, sum(l.gone)::text AS cancelled,
              sum(l.owed_grams)::text AS owed, coalesce(max(g.grams), 0)::text AS replaced
         FROM lost l LEFT JOIN made_good g USING (kind) GROUP BY l.kind ORDER BY l.kind`,
      [book, region, day],
    );
    return rows.map(({ kind, events, lost, cancelled, owed, replaced }) => ({
      ...{ kind, events },
      ...{ lostGrams: BigInt(lost), cancelledGrams: BigInt(cancelled) },
      ...{ owedGrams: BigInt(owed), replacedGrams: BigInt(replaced) },
      openGrams: BigInt(owed) - BigInt(replaced),
    }));
  }
}
