import { isDay, type Day } from '@app/kernel';
import { LEGS_MAX, type Leg } from '@app/ledger';
import { legsOf, type MovedPiece } from '../serials/take-serials';

/** The same day so many years later; 29 February falls on the 28th where there is none. */
export function addYears(day: Day, years: number): Day {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  const later = `${year}${day.slice(4)}`;
  return isDay(later) ? later : `${year}-02-28`;
}

/** Legs of what returned, in slices that one entry can hold: a party's grams stay together. */
export function returnSlices(moved: readonly MovedPiece[]): Leg[][] {
  const byParty = new Map<string, MovedPiece[]>();
  for (const piece of moved) {
    const own = byParty.get(piece.party);
    if (own) own.push(piece);
    else byParty.set(piece.party, [piece]);
  }
  const parties = [...byParty.keys()].sort();
  const slices: Leg[][] = [];
  // Besides the parties' legs an entry has that of the buffer.
  for (let from = 0; from < parties.length; from += LEGS_MAX - 1) {
    slices.push(legsOf(parties.slice(from, from + LEGS_MAX - 1).flatMap((party) => byParty.get(party)!)));
  }
  return slices;
}
