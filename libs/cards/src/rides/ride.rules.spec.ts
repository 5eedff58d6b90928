import fc from 'fast-check';

import { allocateRides, rideGrams, type PendingRide, type UsableCard } from './ride.rules';

const DAY = 86_400_000;
const at = (day: number): Date => new Date(Date.UTC(2026, 0, 1) + day * DAY);
const card = (id: string, leftGrams: bigint, endsOn = 100, number = 'n'): UsableCard => ({
  id,
  number,
  leftGrams,
  issuedAt: at(0),
  endsAt: at(endsOn),
});
const ride = (rideNo: string, grams: bigint, day = 1, number = 'n'): PendingRide => ({
  rideNo,
  number,
  at: at(day),
  grams,
});

describe('the grams of a ride', () => {
  it('are metres times grams a kilometre, half up', () => {
    expect(rideGrams(8_200n, 35n)).toBe(287n);
    expect(rideGrams(10n, 50n)).toBe(1n);
    expect(rideGrams(9n, 50n)).toBe(0n);
  });
});

describe('rides', () => {
  it('draw on the card that ends first and go on to the next', () => {
    const { takenByCard, coveredByRide } = allocateRides(
      [ride('r1', 70n), ride('r2', 50n, 2)],
      [card('late', 100n, 50), card('soon', 100n, 20)],
    );
    expect(Object.fromEntries(takenByCard)).toEqual({ soon: 100n, late: 20n });
    expect(Object.fromEntries(coveredByRide)).toEqual({ r1: 70n, r2: 50n });
  });

  it('stay uncovered when the card has no more, the later ride first', () => {
    const { coveredByRide } = allocateRides([ride('b', 80n, 2), ride('a', 80n, 1)], [card('c', 100n)]);
    expect(Object.fromEntries(coveredByRide)).toEqual({ a: 80n, b: 20n });
  });

  it('take nothing from a card issued later, ended earlier or of another number', () => {
    const cards = [card('c', 100n, 10), card('other', 100n, 100, 'm')];
    const { takenByCard } = allocateRides([ride('early', 5n, -1), ride('late', 5n, 10)], cards);
    expect(takenByCard.size).toBe(0);
  });

  it('never take more than a card has, and cover exactly what cards give', () => {
    const grams = fc.bigInt({ min: 0n, max: 1_000n });
    const number = fc.constantFrom('n', 'm');
    const cards = fc.array(fc.tuple(grams, fc.integer({ min: 1, max: 30 }), number), { maxLength: 6 });
    const rides = fc.array(fc.tuple(grams, fc.integer({ min: 0, max: 30 }), number), { maxLength: 30 });
    fc.assert(
      fc.property(cards, rides, (someCards, someRides) => {
        const usable = someCards.map(([left, end, of], index) => card(`c${index}`, left, end, of));
        const pending = someRides.map(([asked, day, of], index) => ride(`r${index}`, asked, day, of));
        const { takenByCard, coveredByRide } = allocateRides(pending, usable);
        for (const { id, leftGrams } of usable) expect((takenByCard.get(id) ?? 0n) <= leftGrams).toBe(true);
        for (const { rideNo, grams: asked } of pending)
          expect(coveredByRide.get(rideNo)! <= asked).toBe(true);
        const sum = (values: Iterable<bigint>) => [...values].reduce((total, value) => total + value, 0n);
        expect(sum(takenByCard.values())).toBe(sum(coveredByRide.values()));
      }),
    );
  });
});
