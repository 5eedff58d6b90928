import { divideHalfUp } from '@app/kernel';

const METRES_PER_KM = 1_000n;

/** The estimated emission of a ride (出行估算排放), rounded half up once. */
export const rideGrams = (metres: bigint, gramsPerKm: bigint): bigint =>
  divideHalfUp(metres * gramsPerKm, METRES_PER_KM);

/** A card as a ride sees it: what is left on it and when it may be used. */
export interface UsableCard {
  readonly id: string;
  /** Any text that is equal for cards of one number. */
  readonly number: string;
  readonly leftGrams: bigint;
  readonly issuedAt: Date;
  /** The first instant after the term. */
  readonly endsAt: Date;
}

export interface PendingRide {
  readonly rideNo: string;
  readonly number: string;
  readonly at: Date;
  readonly grams: bigint;
}

export interface Allocation {
  /** Grams to retire by card; only cards that give some. */
  readonly takenByCard: ReadonlyMap<string, bigint>;
  /** Grams covered by ride, zero included. */
  readonly coveredByRide: ReadonlyMap<string, bigint>;
}

/**
 * Takes each ride's grams, earliest ride first, from the cards of its number, the one that ends first. A ride may
 * draw on two cards; what no card has left stays uncovered.
 */
export function allocateRides(rides: readonly PendingRide[], cards: readonly UsableCard[]): Allocation {
  const takenByCard = new Map<string, bigint>();
  const coveredByRide = new Map<string, bigint>();
  const byNumber = new Map<string, UsableCard[]>();
  for (const card of [...cards].sort(byTermEnd)) {
    byNumber.set(card.number, [...(byNumber.get(card.number) ?? []), card]);
  }
  const inTime = [...rides].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.rideNo < b.rideNo ? -1 : 1));
  for (const ride of inTime) {
    let open = ride.grams;
    for (const card of byNumber.get(ride.number) ?? []) {
      if (open === 0n || ride.at < card.issuedAt || ride.at >= card.endsAt) continue;
      const taken = takenByCard.get(card.id) ?? 0n;
      const left = card.leftGrams - taken;
      const take = left < open ? left : open;
      if (take === 0n) continue;
      takenByCard.set(card.id, taken + take);
      open -= take;
    }
    coveredByRide.set(ride.rideNo, ride.grams - open);
  }
  return { takenByCard, coveredByRide };
}

const byTermEnd = (a: UsableCard, b: UsableCard): number =>
  a.endsAt.getTime() - b.endsAt.getTime() || (a.id < b.id ? -1 : 1);
