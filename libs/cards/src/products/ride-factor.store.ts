import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Reader } from './product.store';

/** What a kilometre by bus is reckoned at, per passenger. */
export interface RideFactor {
  readonly validFrom: Day;
  readonly gramsPerKm: bigint;
  readonly source: string;
}

interface FactorRow {
  readonly valid_from: Day;
  readonly grams_per_km: string;
  readonly source: string;
}

@Injectable()
export class RideFactorStore {
  /** Returns false when a factor of this day exists. */
  async insert(tx: Tx, factor: RideFactor): Promise<boolean> {
    const rows = await tx.query<{ valid_from: Day }>(
      `INSERT INTO cards.ride_factor (book, valid_from, grams_per_km, source, adopted_at, adopted_by)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING valid_from`,
      [tx.book, factor.validFrom, factor.gramsPerKm, factor.source, tx.now, tx.context.actor],
    );
    return rows.length === 1;
  }

  /** Newest first. */
  async all(reader: Reader, book: number): Promise<RideFactor[]> {
    const rows = await reader.query<FactorRow>(
      `SELECT valid_from::text AS valid_from, grams_per_km, source FROM cards.ride_factor
        WHERE book = $1 ORDER BY cards.ride_factor.valid_from DESC`,
      [book],
    );
    return rows.map((row) => ({
      validFrom: row.valid_from,
      gramsPerKm: BigInt(row.grams_per_km),
      source: row.source,
    }));
  }
}
