import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';
import { formatSerials } from '../serials/serial.rules';
import { sizeOf } from '../serials/take.rules';
import type { SerialPiece } from '../serials/take-serials';

/** Serials retired for a card. */
export interface CardSerials {
  readonly cardId: string;
  readonly piece: SerialPiece;
}

interface RetiredRow {
  readonly card: string;
  readonly issuance: string;
  readonly code: string;
  readonly party: string;
  readonly first: string;
  readonly last: string;
}

@Injectable()
export class RetirementStore {
  /** False when the reference retired before; waits for one that is retiring now. */
  async begin(tx: Tx, reference: string): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO credits.retirement (book, reference, retired_by, retired_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (book, reference) DO NOTHING RETURNING reference`,
      [tx.book, reference, tx.context.actor, tx.now],
    );
    return rows.length === 1;
  }

  async insert(tx: Tx, reference: string, retired: readonly CardSerials[]): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.retired_serials (book, reference, card, issuance, party, serials)
       SELECT $1, $2, r.card, r.issuance, r.party, int8range(r.first, r.last, '[]')
         FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[])
              AS r (card, issuance, party, first, last)`,
      [
        tx.book,
        reference,
        retired.map(({ cardId }) => cardId),
        retired.map(({ piece }) => piece.issuance),
        retired.map(({ piece }) => piece.party),
        retired.map(({ piece }) => piece.first.toString()),
        retired.map(({ piece }) => piece.last.toString()),
      ],
    );
  }

  /** What a reference retired, oldest issuance and lowest serial first. */
  async find(tx: Tx, reference: string): Promise<CardSerials[]> {
    const rows = await tx.query<RetiredRow>(
      `SELECT r.card, r.issuance, i.code, r.party, lower(r.serials) AS first, upper(r.serials) - 1 AS last
         FROM credits.retired_serials r
         JOIN credits.issuance i ON i.book = r.book AND i.id = r.issuance
        WHERE r.book = $1 AND r.reference = $2
        ORDER BY i.issued_at, i.code, r.serials`,
      [tx.book, reference],
    );
    return rows.map(({ card, first: firstText, last: lastText, ...row }) => {
      const [first, last] = [BigInt(firstText), BigInt(lastText)];
      const serial = formatSerials({ code: row.code, first, last });
      return { cardId: card, piece: { ...row, first, last, grams: sizeOf({ first, last }), serial } };
    });
  }
}
