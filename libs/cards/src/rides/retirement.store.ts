import { Injectable } from '@nestjs/common';

import type { RetiredCard } from '@app/credits';
import type { Tx } from '@app/platform';
import type { Reader } from '../products/product.store';

export interface Retirement {
  /** Also the reference under which the credits lib retired the serials. */
  readonly id: string;
  readonly grams: bigint;
  /** Runs of serials as they are written: 610924100-2025-G1-1-3000. */
  readonly serials: readonly string[];
  readonly at: Date;
}

interface RetirementRow {
  readonly id: string;
  readonly grams: string;
  readonly serials: string[];
  readonly at: Date;
}

@Injectable()
export class RetirementStore {
  async insert(
    tx: Tx,
    id: string,
    reason: 'rides' | 'term-end',
    retired: readonly RetiredCard[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO cards.retirement (book, id, card_id, grams, serials, reason, at)
       SELECT $1, $2, r.card_id, r.grams, ARRAY (SELECT jsonb_array_elements_text(r.serials)), $3, $4
         FROM unnest($5::uuid[], $6::bigint[], $7::jsonb[]) AS r (card_id, grams, serials)`,
      [
        tx.book,
        id,
        reason,
        tx.now,
        retired.map(({ cardId }) => cardId),
        retired.map(({ grams }) => grams.toString()),
        retired.map(({ serials }) => JSON.stringify(serials.map(({ serial }) => serial))),
      ],
    );
  }

  /** Retirements of a card that no certificate tells of yet, oldest first. */
  async uncertified(reader: Reader, book: number, cardId: string): Promise<Retirement[]> {
    const rows = await reader.query<RetirementRow>(
      `SELECT id, grams, serials, at FROM cards.retirement
        WHERE book = $1 AND card_id = $2 AND certificate IS NULL ORDER BY at, id`,
      [book, cardId],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }));
  }

  /** Returns how many it marked: fewer than asked when another certificate was first. */
  certify(tx: Tx, cardId: string, ids: readonly string[], certificate: string): Promise<number> {
    return tx.execute(
      `UPDATE cards.retirement SET certificate = $4
        WHERE book = $1 AND card_id = $2 AND id = ANY ($3) AND certificate IS NULL`,
      [tx.book, cardId, ids, certificate],
    );
  }
}
