import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { LossSums } from './effect.rules';
import { REVERSAL_COLUMNS, ReversalStore, type LostParcel, type Reversal } from './reversal.store';
import type { ReversalKind, ReversalState } from './reversal.words';

export interface ListedReversal extends Reversal, LossSums {
  readonly parcels: number;
  /** Region codes, twelve digits. */
  readonly villages: readonly string[];
}

/** What everybody may know of a reversal in force. It names no parcel and no person. */
export type PublicReversal = LossSums & {
  readonly id: string;
  readonly kind: ReversalKind;
  readonly day: Day;
  readonly year: number | null;
  readonly decidedAt: Date;
  readonly villages: readonly string[];
};

export interface ReversalFilter {
  /** Those that touch one of these regions only. */
  readonly scope: readonly string[];
  readonly state?: ReversalState;
  /** The id after which the page begins. */
  readonly after?: string;
  readonly count: number;
}

type SumRow = { readonly [Sum in keyof LossSums]: string };
type ListedRow = Omit<ListedReversal, keyof LossSums> & SumRow;

/** Reversals and what became of their grams, as of now. */
@Injectable()
export class Reversals {
  constructor(
    private readonly database: Database,
    private readonly store: ReversalStore,
  ) {}

  /** The newest first. */
  async list(book: number, filter: ReversalFilter): Promise<ListedReversal[]> {
    const rows = await this.database.query<ListedRow>(
      `${LIST} AND EXISTS (SELECT FROM unnest(p.villages) own, unnest($2::text[]) region
                            WHERE starts_with(own, region) OR starts_with(region, own))
          AND ($3::text IS NULL OR v.state = $3)
          AND ($4::uuid IS NULL OR (v.proposed_at, v.id) <
               (SELECT a.proposed_at, a.id FROM credits.reversal a WHERE a.book = $1 AND a.id = $4))
        ORDER BY v.proposed_at DESC, v.id DESC LIMIT $5`,
      [book, filter.scope, filter.state ?? null, filter.after ?? null, filter.count],
    );
    return rows.map(listedOf);
  }

  async one(book: number, id: string): Promise<(ListedReversal & { lostParcels: LostParcel[] }) | undefined> {
    const rows = await this.database.query<ListedRow>(`${LIST} AND v.id = $2`, [book, id]);
    const [found] = rows.map(listedOf);
    return found && { ...found, lostParcels: await this.store.lostParcels(this.database, book, id) };
  }
}

export const publicReversal = (reversal: ListedReversal): PublicReversal => {
  const { id, kind, day, year, villages, lostGrams, holdingGrams, bufferGrams } = reversal;
  const { voidGrams, owedGrams, replacedGrams, openGrams, decidedAt } = reversal;
  return {
    ...{ id, kind, day, year, villages, decidedAt: decidedAt! },
    ...{ lostGrams, holdingGrams, bufferGrams, voidGrams, owedGrams, replacedGrams, openGrams },
  };
};

const LIST = `
  SELECT ${REVERSAL_COLUMNS}, p.parcels, p.villages, l.lost AS "lostGrams", l.holding AS "holdingGrams",
         l.buffer AS "bufferGrams", l.void AS "voidGrams", l.owed AS "owedGrams", r.grams AS "replacedGrams",
         l.owed - r.grams AS "openGrams"
    FROM credits.reversal v
   CROSS JOIN LATERAL (
     SELECT count(*)::int AS parcels, array_agg(DISTINCT o.village ORDER BY o.village) AS villages
       FROM credits.reversal_parcel q JOIN registry.parcel o ON o.book = q.book AND o.id = q.parcel
      WHERE q.book = v.book AND q.reversal = v.id) p
   CROSS JOIN LATERAL (
     SELECT coalesce(sum(s.lost_grams), 0) AS lost, coalesce(sum(s.holding_grams), 0) AS holding,
            coalesce(sum(s.buffer_grams), 0) AS buffer, coalesce(sum(s.void_grams), 0) AS void,
            coalesce(sum(s.owed_grams), 0) AS owed
       FROM credits.reversal_share s WHERE s.book = v.book AND s.reversal = v.id) l
   CROSS JOIN LATERAL (
     SELECT coalesce(sum(upper(c.serials) - lower(c.serials)), 0) AS grams
       FROM credits.replacement c WHERE c.book = v.book AND c.reversal = v.id) r
   WHERE v.book = $1`;

const listedOf = (row: ListedRow): ListedReversal => ({
  ...row,
  ...{ lostGrams: BigInt(row.lostGrams), holdingGrams: BigInt(row.holdingGrams) },
  ...{ bufferGrams: BigInt(row.bufferGrams), voidGrams: BigInt(row.voidGrams) },
  ...{ owedGrams: BigInt(row.owedGrams), replacedGrams: BigInt(row.replacedGrams) },
  openGrams: BigInt(row.openGrams),
});
