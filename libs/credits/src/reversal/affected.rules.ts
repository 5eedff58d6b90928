import { invariant } from '@app/kernel';
import { REVERSED } from '../credits.paths';
import { sizeOf, type Block } from '../serials/take.rules';
import type { ShareLoss } from './loss.rules';
import { minus, type Range } from './ranges.rules';

/** Nobody had bought it · it was void before · it is somebody's claim. */
export type Fate = 'cancelled' | 'void' | 'owed';

/** A run of lost serials inside one block. */
export interface Affected {
  readonly block: Block;
  readonly first: bigint;
  readonly last: bigint;
  readonly share: ShareLoss;
  readonly fate: Fate;
}

/**
 * Which grams of a share are said to be the lost ones: first those that nobody has bought, then those in the buffer,
 * then those that are void already, and only then those that somebody has a claim to, what is retired last. Among
 * equals the lowest serials.
 */
const ORDER = ['holding', 'buffer', 'void', 'reserved-grams', 'card', 'external', 'stand-in', 'retired'];

export function stateIn(place: string): string {
  // What a reversal cancelled and no reversal took as lost stands in for another gram.
  if (place.startsWith(REVERSED)) return 'stand-in';
  const head = place.slice(0, place.indexOf('/'));
  return head === 'cancelled' ? 'void' : head;
}

const fateOf = (state: string): Fate =>
  state === 'holding' || state === 'buffer' ? 'cancelled' : state === 'void' ? 'void' : 'owed';

/**
 * The lost serials of a share: so many of those in its run that no earlier reversal took.
 *
 * `blocks` are all that overlap the run, `before` the serials that were lost already.
 */
export function affectedOf(share: ShareLoss, blocks: readonly Block[], before: readonly Range[]): Affected[] {
  const runLast = share.first + share.grams - 1n;
  const pieces = blocks
    .flatMap((block) => {
      const inside = {
        first: block.first > share.first ? block.first : share.first,
        last: block.last < runLast ? block.last : runLast,
      };
      return minus(inside, before).map((range) => ({ ...range, block, rank: rankOf(block.place) }));
    })
    .sort((a, b) => a.rank - b.rank || (a.first < b.first ? -1 : 1));
  const affected: Affected[] = [];
  let open = share.lostGrams;
  for (const { first, last, block } of pieces) {
    if (open === 0n) break;
    const size = sizeOf({ first, last });
    const taken = size < open ? size : open;
    affected.push({ block, first, last: first + taken - 1n, share, fate: fateOf(stateIn(block.place)) });
    open -= taken;
  }
  invariant(open === 0n, 'a share loses no more than is left of it');
  return affected;
}

function rankOf(place: string): number {
  const rank = ORDER.indexOf(stateIn(place));
  invariant(rank >= 0, 'every place of serials has its turn');
  return rank;
}
