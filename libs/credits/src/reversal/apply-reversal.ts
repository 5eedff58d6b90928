import { Injectable } from '@nestjs/common';

import { idOf, invariant, ok, type Result } from '@app/kernel';
import { Ledger, LEGS_MAX, type DomainLedger, type EntryDraft, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { reversedPath } from '../credits.paths';
import { SerialBlockStore, type Cause } from '../serials/serial-block.store';
import { legsOf, movedOf, type MovedPiece } from '../serials/take-serials';
import type { Block } from '../serials/take.rules';
import { cutsOf, joined, minus, type Range } from './ranges.rules';

/** Serials of a block that are to be cancelled. */
export interface Cancelling extends Range {
  readonly block: Block;
}

/** Each piece has a leg of its own at most, and each entry one of where they go. */
const PIECES_PER_ENTRY = LEGS_MAX - 1;

/** Cancels serials for a reversal, wherever in their blocks they lie, and posts the entries of it. */
@Injectable()
export class ApplyReversal {
  private readonly books: DomainLedger;

  constructor(
    private readonly blocks: SerialBlockStore,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /** As `move`, and posts, so it comes last. */
  async cancel(
    tx: Tx,
    reversal: string,
    step: string,
    cancelling: readonly Cancelling[],
  ): Promise<Result<null, PostingRefusal>> {
    const entries = await this.move(tx, reversal, step, cancelling);
    if (entries.length === 0) return ok(null);
    const posted = await this.books.post(tx, entries);
    return posted.ok ? ok(null) : posted;
  }

  /** The blocks are held. `step` tells the entries of one reversal apart. Gives the entries that are to be posted. */
  async move(
    tx: Tx,
    reversal: string,
    step: string,
    cancelling: readonly Cancelling[],
  ): Promise<EntryDraft[]> {
    if (cancelling.length === 0) return [];
    const cause = { kind: 'credits.reverse', reference: `reversal/${reversal}` };
    const to = reversedPath(reversal);
    const pieces = (await this.cutOut(tx, cancelling)).map((block) => ({
      ...{ ...block, to, rest: undefined, taking: 0 },
    }));
    await this.blocks.move(tx, pieces, cause);
    return entriesOf(reversal, step, cause, pieces.map(movedOf));
  }

  /** Cuts the blocks so that what is cancelled has blocks of its own, and gives these. */
  private async cutOut(tx: Tx, cancelling: readonly Cancelling[]): Promise<Block[]> {
    const ranges = new Map<string, { block: Block; ranges: Range[] }>();
    for (const { block, first, last } of cancelling) {
      const known = ranges.get(block.id) ?? { block, ranges: [] };
      known.ranges.push({ first, last });
      ranges.set(block.id, known);
    }
    const whole: Block[] = [];
    const cuts: (Block & { at: bigint[] })[] = [];
    for (const { block, ranges: out } of ranges.values()) {
      const at = cutsOf(block, out);
      if (at.length === 0) whole.push(block);
      else cuts.push({ ...block, at });
    }
    const parts = await this.blocks.cut(tx, cuts);
    const wanted = new Map<string, Range[]>();
    for (const { block, ranges: out } of ranges.values()) {
      wanted.set(block.issuance, [...(wanted.get(block.issuance) ?? []), ...out]);
    }
    const joinedBy = new Map([...wanted].map(([issuance, out]) => [issuance, joined(out)]));
    const cut = parts.filter((part) => minus(part, joinedBy.get(part.issuance) ?? []).length === 0);
    const gramsOf = (all: readonly Range[]) =>
      all.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
    invariant(
      gramsOf(whole) + gramsOf(cut) === gramsOf(cancelling),
      'what is cancelled is cut out gram for gram',
    );
    return [...whole, ...cut];
  }
}

/** Of one issuance each, in slices that keep their keys. */
function entriesOf(reversal: string, step: string, cause: Cause, moved: readonly MovedPiece[]): EntryDraft[] {
  const byCode = new Map<string, MovedPiece[]>();
  for (const piece of moved) {
    const known = byCode.get(piece.code);
    if (known) known.push(piece);
    else byCode.set(piece.code, [piece]);
  }
  return [...byCode].sort().flatMap(([code, pieces]) => {
    const slices: MovedPiece[][] = [];
    for (let from = 0; from < pieces.length; from += PIECES_PER_ENTRY) {
      slices.push(pieces.slice(from, from + PIECES_PER_ENTRY));
    }
    return slices.map((slice, n) => ({
      id: idOf('credits.reverse', reversal, step, code, String(n)),
      ...cause,
      legs: legsOf(slice),
    }));
  });
}
