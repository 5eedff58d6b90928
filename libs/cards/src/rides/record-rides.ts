import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import { Jobs, type Tx } from '@app/platform';
import { RETIRE_RIDES } from '../cards.jobs';
import type { RideError, RideRefusal } from '../cards.refusals';
import { CardFaces } from '../orders/card-face';
import { readCardNumber } from '../orders/order.rules';
import { RideFactorStore, type RideFactor } from '../products/ride-factor.store';
import { rideGrams } from './ride.rules';
import { RideStore, type NewRide } from './ride.store';

export interface RideDraft {
  /** The carrier's number of the ride; the same number again is the same ride. */
  readonly rideNo: string;
  readonly cardNumber: string;
  readonly at: Date;
  readonly metres: bigint;
}

export interface RidesTaken {
  /** Rides taken in now. */
  readonly accepted: number;
  /** Rides that had been taken in before. */
  readonly repeated: number;
  /** Rides of numbers that no card is bound to; they are not kept. */
  readonly withoutCard: number;
}

const RIDES_MAX = 10_000;
const ERRORS_SHOWN = 200;
const RIDE_NO = /^[A-Za-z0-9._:/-]{1,64}$/;
const METRES_MAX = 500_000n;

/** Takes in a batch of rides, all of it or none. The retirement follows as a job. */
@Injectable()
export class RecordRides {
  constructor(
    private readonly rides: RideStore,
    private readonly factors: RideFactorStore,
    private readonly faces: CardFaces,
    private readonly jobs: Jobs,
  ) {}

  /** Refuses RIDES_TOO_MANY, RIDES_REFUSED with a row for each error (the first 200, and how many there are). */
  async execute(tx: Tx, drafts: readonly RideDraft[]): Promise<Result<RidesTaken, RideRefusal>> {
    if (drafts.length > RIDES_MAX) {
      return refuse({ code: 'RIDES_TOO_MANY', given: drafts.length, most: RIDES_MAX });
    }
    const factors = await this.factors.all(tx, tx.book);
    const { rides, errors } = this.read(tx, drafts, factors);
    if (errors.length > 0) return refused(errors);
    const known = await this.rides.knownNumbers(
      tx,
      rides.map(({ numberIndex }) => numberIndex),
    );
    const ours = rides.filter(({ numberIndex }) => known.has(numberIndex.toString('hex')));
    const changed = await this.rides.changed(tx, ours);
    if (changed.size > 0) return refused(changedErrors(drafts, changed));
    const accepted = await this.rides.insert(tx, ours);
    if (accepted.size > 0) await this.jobs.add(tx, RETIRE_RIDES, {}, { id: newId() });
    const taken = {
      accepted: accepted.size,
      repeated: ours.length - accepted.size,
      withoutCard: rides.length - ours.length,
    };
    tx.audit({ ...taken });
    return ok(taken);
  }

  private read(
    tx: Tx,
    drafts: readonly RideDraft[],
    factors: readonly RideFactor[],
  ): { rides: NewRide[]; errors: RideError[] } {
    const seen = new Set<string>();
    const rides: NewRide[] = [];
    const errors: RideError[] = [];
    for (const [index, draft] of drafts.entries()) {
      const wrong = (field: string, code: string, expected: string) =>
        errors.push({ row: index + 1, field, code, expected });
      const { rideNo, at, metres } = draft;
      const cardNumber = readCardNumber(draft.cardNumber);
      const factor = factors.find(({ validFrom }) => validFrom <= dayOf(at));
      if (!RIDE_NO.test(rideNo)) wrong('rideNo', 'RIDE_NO_MALFORMED', RIDE_NO.source);
      else if (seen.has(rideNo)) wrong('rideNo', 'RIDE_REPEATED', 'each ride once in a batch');
      if (cardNumber === undefined) wrong('cardNumber', 'CARD_NUMBER_MALFORMED', '6 to 24 digits or letters');
      if (metres <= 0n || metres > METRES_MAX) wrong('metres', 'METRES_WRONG', `1 to ${METRES_MAX}`);
      if (at > tx.now) wrong('at', 'RIDE_IN_FUTURE', 'not after now');
      else if (!factor) wrong('at', 'RIDE_FACTOR_MISSING', 'a day with a factor in force');
      seen.add(rideNo);
      if (cardNumber === undefined || !factor) continue;
      const numberIndex = this.faces.indexOf(cardNumber);
      const grams = rideGrams(metres > 0n ? metres : 0n, factor.gramsPerKm);
      rides.push({ rideNo, numberIndex, at, metres, factorFrom: factor.validFrom, grams });
    }
    return { rides, errors };
  }
}

const refused = (errors: readonly RideError[]) =>
  refuse({ code: 'RIDES_REFUSED' as const, total: errors.length, errors: errors.slice(0, ERRORS_SHOWN) });

const changedErrors = (drafts: readonly RideDraft[], changed: ReadonlySet<string>): RideError[] =>
  drafts.flatMap(({ rideNo }, index) =>
    changed.has(rideNo)
      ? [{ row: index + 1, field: 'rideNo', code: 'RIDE_CHANGED', expected: 'the same ride as sent before' }]
      : [],
  );
