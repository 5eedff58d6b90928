import { Injectable } from '@nestjs/common';

import { invariant } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Block, Piece } from './take.rules';

/** A new run of serials and where it lies. */
export interface NewBlock {
  readonly party: string;
  readonly place: string;
  readonly first: bigint;
  readonly last: bigint;
}

interface BlockRow {
  readonly id: string;
  readonly issuance: string;
  readonly code: string;
  readonly issued_at: Date;
  readonly party: string;
  readonly place: string;
  readonly first: string;
  readonly last: string;
}

/** The only code that writes credits.serial_block. */
@Injectable()
export class SerialBlockStore {
  /**
   * All blocks of the places, locked in id order: whoever takes from a place waits here for whoever takes from it
   * already, and then sees what was left.
   */
  async lock(tx: Tx, places: readonly string[]): Promise<Block[]> {
    const rows = await tx.query<BlockRow>(
      `SELECT b.id, b.issuance, i.code, i.issued_at, b.party, b.place,
              lower(b.serials) AS first, upper(b.serials) - 1 AS last
         FROM credits.serial_block b
         JOIN credits.issuance i ON i.book = b.book AND i.id = b.issuance
        WHERE b.book = $1 AND b.place = ANY ($2)
        ORDER BY b.id
          FOR UPDATE OF b`,
      [tx.book, places],
    );
    return rows.map(({ issued_at: issuedAt, first, last, ...row }) => ({
      ...row,
      issuedAt,
      first: BigInt(first),
      last: BigInt(last),
    }));
  }

  /**
   * Moves the pieces to their places. What stays of a split block is made shorter first, for the constraint that
   * keeps two blocks from overlapping looks at every statement.
   */
  async move(tx: Tx, pieces: readonly (Piece & { readonly to: string })[]): Promise<void> {
    const split = pieces.filter(({ rest }) => rest !== undefined);
    const whole = pieces.filter(({ rest }) => rest === undefined);
    if (split.length > 0) {
      const shortened = await tx.execute(
        `UPDATE credits.serial_block b SET serials = int8range(s.rest, upper(b.serials))
           FROM unnest($2::bigint[], $3::bigint[]) AS s (id, rest)
          WHERE b.book = $1 AND b.id = s.id`,
        [tx.book, split.map(({ id }) => id), split.map(({ rest }) => String(rest))],
      );
      invariant(shortened === split.length, 'the blocks that are split are locked');
    }
    if (whole.length > 0) {
      const moved = await tx.execute(
        `UPDATE credits.serial_block b SET place = w.place
           FROM unnest($2::bigint[], $3::text[]) AS w (id, place)
          WHERE b.book = $1 AND b.id = w.id`,
        [tx.book, whole.map(({ id }) => id), whole.map(({ to }) => to)],
      );
      invariant(moved === whole.length, 'the blocks that move are locked');
    }
    await this.insert(
      tx,
      split.map(({ issuance, party, to, first, last }) => ({ issuance, party, place: to, first, last })),
    );
  }

  /** Puts down runs of serials that lie nowhere yet. */
  async insert(tx: Tx, blocks: readonly (NewBlock & { readonly issuance: string })[]): Promise<void> {
    if (blocks.length === 0) return;
    await tx.execute(
      `INSERT INTO credits.serial_block (book, issuance, party, serials, place)
       SELECT $1, n.issuance, n.party, int8range(n.first, n.last, '[]'), n.place
         FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::text[])
              AS n (issuance, party, first, last, place)`,
      [
        tx.book,
        blocks.map(({ issuance }) => issuance),
        blocks.map(({ party }) => party),
        blocks.map(({ first }) => first.toString()),
        blocks.map(({ last }) => last.toString()),
        blocks.map(({ place }) => place),
      ],
    );
  }
}
