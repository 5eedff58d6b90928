import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';
import type { ParcelStatus } from './registry.words';

/** Moves parcels along 储备, 已计量, 已登记, 已锁定, 已注销. Who may move what when is the calling lib's matter. */
@Injectable()
export class MarkParcels {
  /** Tells how many of the parcels had another status before. */
  async execute(tx: Tx, parcels: readonly string[], status: ParcelStatus): Promise<number> {
    return tx.execute(
      `UPDATE registry.parcel p SET status = $3
         FROM (SELECT id FROM registry.parcel
                WHERE book = $1 AND id = ANY ($2::uuid[]) AND status <> $3
                ORDER BY id FOR NO KEY UPDATE) locked
        WHERE p.book = $1 AND p.id = locked.id`,
      [tx.book, parcels, status],
    );
  }
}
