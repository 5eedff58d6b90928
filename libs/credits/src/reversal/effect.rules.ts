import { sumGrams } from '../grams';
import { sizeOf } from '../serials/take.rules';
import type { ReversalPlan } from './plan-reversal';

/** Grams that a reversal takes, by what becomes of them. lost = holding + buffer + void + owed, owed = replaced + open. */
export interface LossSums {
  readonly lostGrams: bigint;
  /** Unsold: cancelled. */
  readonly holdingGrams: bigint;
  /** In the buffer: cancelled. */
  readonly bufferGrams: bigint;
  /** Void before: nothing to do. */
  readonly voidGrams: bigint;
  /** Held for an order, sold or retired: other grams must stand in for them. */
  readonly owedGrams: bigint;
  /** Of these, replaced from buffers. */
  readonly replacedGrams: bigint;
  /** 缺口: what nothing stands in for yet. */
  readonly openGrams: bigint;
}

export interface ReversalEffect extends LossSums {
  /** Parcels that had been credited. */
  readonly parcels: number;
  readonly parties: number;
  /** By issuance and in its order; the replacing grams may be of another. */
  readonly issuances: readonly (LossSums & { readonly code: string })[];
}

/** What a plan comes to. */
export function effectOf({ losses, affected, replacements }: ReversalPlan): ReversalEffect {
  const codes = [...new Set(losses.map(({ code }) => code))].sort();
  const sumsOf = (code?: string): LossSums => {
    const of = affected.filter(({ share }) => code === undefined || share.code === code);
    const grams = (keep: (one: (typeof of)[number]) => boolean) =>
      sumGrams(of.filter(keep).map((run) => ({ grams: sizeOf(run) })));
    const inBuffer = ({ block }: (typeof of)[number]) => block.place.startsWith('buffer/');
    const owedGrams = grams(({ fate }) => fate === 'owed');
    const replacedGrams = sumGrams(
      replacements
        .filter(({ owed }) => code === undefined || owed.code === code)
        .map(({ range }) => ({ grams: sizeOf(range) })),
    );
    return {
      lostGrams: grams(() => true),
      holdingGrams: grams((one) => one.fate === 'cancelled' && !inBuffer(one)),
      bufferGrams: grams((one) => one.fate === 'cancelled' && inBuffer(one)),
      voidGrams: grams(({ fate }) => fate === 'void'),
      owedGrams,
      replacedGrams,
      openGrams: owedGrams - replacedGrams,
    };
  };
  return {
    ...sumsOf(),
    parcels: new Set(losses.map(({ parcel }) => parcel)).size,
    parties: new Set(losses.map(({ party }) => party)).size,
    issuances: codes.map((code) => ({ code, ...sumsOf(code) })),
  };
}
