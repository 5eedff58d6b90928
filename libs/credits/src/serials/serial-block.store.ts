import { Injectable } from '@nestjs/common';

import { invariant, present } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Block, Piece } from './take.rules';

/** A new run of serials and where it lies. */
export interface NewBlock {
  readonly party: string;
  readonly place: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** The entry by which serials move: its kind and its reference. */
export interface Cause {
  readonly kind: string;
  readonly reference: string;
}

export interface BlockRow {
  readonly id: string;
  readonly issuance: string;
  readonly code: string;
  readonly issued_at: Date;
  readonly party: string;
  readonly place: string;
  readonly first: string;
  readonly last: string;
}

export const blockOf = ({ issued_at: issuedAt, first, last, ...row }: BlockRow): Block => ({
  ...row,
  issuedAt,
  first: BigInt(first),
  last: BigInt(last),
});

/** The only code that writes credits.serial_block and credits.serial_move. */
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
    return rows.map(blockOf);
  }

  /**
   * Moves the pieces to their places. What stays of a split block is made shorter first, for the constraint that
   * keeps two blocks from overlapping looks at every statement.
   */
  async move(tx: Tx, pieces: readonly (Piece & { readonly to: string })[], cause: Cause): Promise<void> {
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
        `WITH moved AS (
           UPDATE credits.serial_block b SET place = w.place
             FROM unnest($2::bigint[], $3::text[], $4::text[]) AS w (id, place, old)
            WHERE b.book = $1 AND b.id = w.id
           RETURNING b.issuance, b.party, b.serials, w.old, b.place)
         ${RECORD} SELECT $1, m.issuance, m.party, m.serials, m.old, m.place, $5, $6, $7, $8 FROM moved m`,
        [
          ...[tx.book, whole.map(({ id }) => id), whole.map(({ to }) => to), whole.map(({ place }) => place)],
          ...[cause.kind, cause.reference, tx.context.actor, tx.now],
        ],
      );
      invariant(moved === whole.length, 'the blocks that move are locked');
    }
    if (split.length > 0) {
      await tx.execute(
        `WITH placed AS (${INSERT_BLOCKS} RETURNING issuance, party, serials, place)
         ${RECORD} SELECT $1, n.issuance, n.party, n.serials, o.place, n.place, $8, $9, $10, $11
           FROM placed n
           JOIN unnest($2::uuid[], $4::bigint[], $7::text[]) AS o (issuance, first, place)
             ON o.issuance = n.issuance AND o.first = lower(n.serials)`,
        [
          ...[tx.book, ...columnsOf(split.map((piece) => ({ ...piece, place: piece.to })))],
          split.map(({ place }) => place),
          ...[cause.kind, cause.reference, tx.context.actor, tx.now],
        ],
      );
    }
  }

  /** Cuts blocks where they lie, each at the serials at which a new block begins. Nothing moves. Gives all parts. */
  async cut(tx: Tx, cuts: readonly (Block & { readonly at: readonly bigint[] })[]): Promise<Block[]> {
    if (cuts.length === 0) return [];
    const shortened = await tx.execute(
      `UPDATE credits.serial_block b SET serials = int8range(lower(b.serials), c.until)
         FROM unnest($2::bigint[], $3::bigint[]) AS c (id, until)
        WHERE b.book = $1 AND b.id = c.id`,
      [tx.book, cuts.map(({ id }) => id), cuts.map(({ at }) => String(at[0]))],
    );
    invariant(shortened === cuts.length, 'the blocks that are cut are locked');
    const parts = cuts.flatMap(({ at, ...block }) =>
      at.map((first, index) => ({ ...block, first, last: (at[index + 1] ?? block.last + 1n) - 1n })),
    );
    const rows = await tx.query<{ id: string; issuance: string; first: string }>(
      `${INSERT_BLOCKS} RETURNING id, issuance, lower(serials) AS first`,
      [tx.book, ...columnsOf(parts)],
    );
    const ids = new Map(rows.map(({ id, issuance, first }) => [`${issuance} ${first}`, id]));
    return [
      ...cuts.map(({ at, ...block }) => ({ ...block, last: at[0]! - 1n })),
      ...parts.map((part) => ({
        ...part,
        id: present(ids.get(`${part.issuance} ${part.first}`), 'a part has a block'),
      })),
    ];
  }

  /** Puts down runs of serials that lie nowhere yet: an issuance's, whose lines tell where they began. */
  async insert(tx: Tx, blocks: readonly (NewBlock & { readonly issuance: string })[]): Promise<void> {
    if (blocks.length === 0) return;
    await tx.execute(INSERT_BLOCKS, [tx.book, ...columnsOf(blocks)]);
  }
}

const INSERT_BLOCKS = `
  INSERT INTO credits.serial_block (book, issuance, party, serials, place)
  SELECT $1, n.issuance, n.party, int8range(n.first, n.last, '[]'), n.place
    FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::text[])
         AS n (issuance, party, first, last, place)`;
const RECORD = `
  INSERT INTO credits.serial_move (book, issuance, party, serials, from_place, to_place, kind, reference, moved_by,
         moved_at)`;

const columnsOf = (blocks: readonly (NewBlock & { readonly issuance: string })[]): string[][] => [
  blocks.map(({ issuance }) => issuance),
  blocks.map(({ party }) => party),
  blocks.map(({ first }) => first.toString()),
  blocks.map(({ last }) => last.toString()),
  blocks.map(({ place }) => place),
];
