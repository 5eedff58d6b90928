import { invariant } from '@app/kernel';

/** A run of serials that lies in one place. */
export interface Block {
  readonly id: string;
  /** Issuance id and code. */
  readonly issuance: string;
  readonly code: string;
  readonly issuedAt: Date;
  /** Whose land the grams came from. */
  readonly party: string;
  /** Path of the account the grams stand on. */
  readonly place: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** Takes grams out of a place, from one issuance or from all that are there. */
export interface Taking {
  readonly from: string;
  readonly issuance?: string;
  readonly grams: bigint;
}

/** The low end of a block, or all of it, on its way out. */
export interface Piece extends Block {
  /** Index of the taking it serves. */
  readonly taking: number;
  /** What stays behind begins here; undefined when the whole block goes. */
  readonly rest: bigint | undefined;
}

export interface TakingPlan {
  readonly pieces: readonly Piece[];
  /** Takings whose place has less than they ask for. */
  readonly short: readonly { readonly taking: number; readonly available: bigint }[];
}

export const sizeOf = ({ first, last }: { readonly first: bigint; readonly last: bigint }): bigint =>
  last - first + 1n;

/**
 * The one rule by which serials are split: the oldest issuance first, in it the lowest serials, and of a block
 * that is not used up the low end goes and the high end stays.
 */
export function planTakings(blocks: readonly Block[], takings: readonly Taking[]): TakingPlan {
  const names = new Set(takings.map(({ from, issuance }) => `${from} ${issuance ?? ''}`));
  invariant(names.size === takings.length, 'grams are taken from a place once: callers sum first');
  const byPlace = new Map<string, Block[]>();
  for (const block of [...blocks].sort(oldestLowest)) {
    const here = byPlace.get(block.place);
    if (here) here.push(block);
    else byPlace.set(block.place, [block]);
  }
  const pieces: Piece[] = [];
  const short: { taking: number; available: bigint }[] = [];
  takings.forEach(({ from, issuance, grams }, taking) => {
    let open = grams;
    for (const block of byPlace.get(from) ?? []) {
      if (open === 0n) break;
      if (issuance !== undefined && block.issuance !== issuance) continue;
      const size = sizeOf(block);
      if (size <= open) {
        pieces.push({ ...block, taking, rest: undefined });
        open -= size;
      } else {
        const rest = block.first + open;
        pieces.push({ ...block, last: rest - 1n, taking, rest });
        open = 0n;
      }
    }
    if (open > 0n) short.push({ taking, available: grams - open });
  });
  return { pieces, short };
}

function oldestLowest(a: Block, b: Block): number {
  const byAge = a.issuedAt.getTime() - b.issuedAt.getTime();
  if (byAge !== 0) return byAge;
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.first < b.first ? -1 : 1;
}
