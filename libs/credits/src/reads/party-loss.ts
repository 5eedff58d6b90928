import type { Day } from '@app/kernel';
import type { ReversalKind } from '../reversal/reversal.words';

/** What a reversal took of a party's part of a parcel and year, and why. */
export interface PartyLoss {
  readonly reversal: string;
  readonly kind: ReversalKind;
  /** Of the event. */
  readonly day: Day;
  readonly parcelCode: string;
  readonly year: number;
  readonly lostGrams: bigint;
  /** Unsold, cancelled. */
  readonly holdingGrams: bigint;
  /** In the buffer, cancelled. */
  readonly bufferGrams: bigint;
  /** Sold: others stand in for them, as far as the buffers reach. */
  readonly owedGrams: bigint;
}
