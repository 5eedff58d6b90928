import { Injectable } from '@nestjs/common';

import { ok, refuse, type Refusal, type Result } from '@app/kernel';
import { sumLegs, type Leg } from '@app/ledger';
import type { Tx } from '@app/platform';
import { assetOf } from '../credits.paths';
import { formatSerials } from './serial.rules';
import { SerialBlockStore, type Cause } from './serial-block.store';
import { planTakings, sizeOf, type Block, type Piece, type Taking } from './take.rules';

/** A run of serials and whose land it came from. */
export interface SerialPiece {
  /** Issuance id. */
  readonly issuance: string;
  /** Issuance code. */
  readonly code: string;
  readonly party: string;
  readonly first: bigint;
  readonly last: bigint;
  readonly grams: bigint;
  /** `610924100-2025-G1-1-3000`. */
  readonly serial: string;
}

/** A piece that was moved. */
export interface MovedPiece extends SerialPiece {
  readonly from: string;
  readonly to: string;
}

/** Where a piece goes; it may depend on whose grams they are. */
export interface Move extends Taking {
  readonly to: string | ((piece: Block) => string);
}

/** Serials move with the grams, in one transaction: here the serials, then the caller posts `legsOf` what moved. */
@Injectable()
export class TakeSerials {
  constructor(private readonly blocks: SerialBlockStore) {}

  /**
   * Moves exactly what is asked for, or nothing: then it refuses for the first place that has too little. Where
   * grams of several lie in one place, `isMeant` tells which blocks may go.
   */
  async exactly<R extends Refusal>(
    tx: Tx,
    moves: readonly Move[],
    cause: Cause,
    reasonOf: (move: Move, available: bigint) => R,
    isMeant: (block: Block) => boolean = () => true,
  ): Promise<Result<MovedPiece[], R>> {
    const { pieces, short } = planTakings((await this.lock(tx, moves)).filter(isMeant), moves);
    const missing = short[0];
    if (missing) return refuse(reasonOf(moves[missing.taking]!, missing.available));
    return ok(await this.move(tx, moves, pieces, cause));
  }

  /** Moves everything that lies in a place; an empty list when nothing does. */
  async everything(tx: Tx, from: string, to: Move['to'], cause: Cause): Promise<MovedPiece[]> {
    const blocks = await this.blocks.lock(tx, [from]);
    const moves = [{ from, to, grams: blocks.reduce((sum, block) => sum + sizeOf(block), 0n) }];
    return this.move(tx, moves, planTakings(blocks, moves).pieces, cause);
  }

  private lock(tx: Tx, moves: readonly Move[]): Promise<Block[]> {
    return this.blocks.lock(tx, [...new Set(moves.map(({ from }) => from))]);
  }

  private async move(
    tx: Tx,
    moves: readonly Move[],
    pieces: readonly Piece[],
    cause: Cause,
  ): Promise<MovedPiece[]> {
    const placed = pieces.map((piece) => {
      const { to } = moves[piece.taking]!;
      return { ...piece, to: typeof to === 'string' ? to : to(piece) };
    });
    await this.blocks.move(tx, placed, cause);
    return placed.map(movedOf);
  }
}

export const movedOf = (piece: Block & { readonly to: string }): MovedPiece => {
  const { issuance, code, party, place, to, first, last } = piece;
  return {
    ...{ issuance, code, party, from: place, to, first, last },
    grams: sizeOf({ first, last }),
    serial: formatSerials({ code, first, last }),
  };
};

/** The entry that moves the same grams between the same places. */
export const legsOf = (pieces: readonly MovedPiece[]): Leg[] =>
  sumLegs(
    pieces.flatMap(({ code, from, to, grams }) => [
      { path: from, asset: assetOf(code), amount: grams },
      { path: to, asset: assetOf(code), amount: -grams },
    ]),
  );
