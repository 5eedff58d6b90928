import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';
import type { SuppliedGrams } from '../split/split.rules';

/** Grams of one issuance that one party supplies. */
export interface Supply {
  readonly party: string;
  readonly issuance: string;
  readonly grams: bigint;
}

@Injectable()
export class SupplierStore {
  async insert(tx: Tx, orderId: string, supplyId: string, supplies: readonly Supply[]): Promise<void> {
    await tx.execute(
      `INSERT INTO cards.order_supplier (book, supply_id, party, issuance, order_id, grams, kept_grams)
       SELECT $1, $2, s.party, s.issuance, $3, s.grams, s.grams
         FROM unnest($4::uuid[], $5::uuid[], $6::bigint[]) AS s (party, issuance, grams)`,
      [
        tx.book,
        supplyId,
        orderId,
        supplies.map(({ party }) => party),
        supplies.map(({ issuance }) => issuance),
        supplies.map(({ grams }) => grams.toString()),
      ],
    );
  }

  /** Takes off what a refund gave back to its suppliers. */
  async giveBack(tx: Tx, supplyId: string, returned: readonly Supply[]): Promise<void> {
    await tx.execute(
      `UPDATE cards.order_supplier o SET kept_grams = o.kept_grams - r.grams
         FROM unnest($3::uuid[], $4::uuid[], $5::bigint[]) AS r (party, issuance, grams)
        WHERE o.book = $1 AND o.supply_id = $2 AND o.party = r.party AND o.issuance = r.issuance`,
      [
        tx.book,
        supplyId,
        returned.map(({ party }) => party),
        returned.map(({ issuance }) => issuance),
        returned.map(({ grams }) => grams.toString()),
      ],
    );
  }

  /** Kept grams by supply id and party, state forest units marked. */
  async kept(tx: Tx, supplyIds: readonly string[]): Promise<Map<string, SuppliedGrams[]>> {
    const rows = await tx.query<{ supply_id: string; party: string; grams: string; state_forest: boolean }>(
      `SELECT o.supply_id, o.party, sum(o.kept_grams)::text AS grams, p.kind = 'state-forest-farm' AS state_forest
         FROM cards.order_supplier o
         JOIN registry.party p ON p.book = o.book AND p.id = o.party
        WHERE o.book = $1 AND o.supply_id = ANY ($2)
        GROUP BY o.supply_id, o.party, p.kind HAVING sum(o.kept_grams) > 0`,
      [tx.book, supplyIds],
    );
    const kept = new Map<string, SuppliedGrams[]>();
    for (const row of rows) {
      const supplier = { party: row.party, grams: BigInt(row.grams), stateForest: row.state_forest };
      kept.set(row.supply_id, [...(kept.get(row.supply_id) ?? []), supplier]);
    }
    return kept;
  }
}
