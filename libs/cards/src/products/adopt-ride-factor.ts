import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { MarketRefusal } from '../cards.refusals';
import { checkRideFactor } from './product.rules';
import { RideFactorStore, type RideFactor } from './ride-factor.store';

type Refusals = Extract<MarketRefusal, { code: 'RIDE_FACTOR_EXISTS' | 'RIDE_FACTOR_WRONG' }>;

/** Adopts what a kilometre by bus is reckoned at from a day on. Rides keep the factor of their own day. */
@Injectable()
export class AdoptRideFactor {
  constructor(private readonly factors: RideFactorStore) {}

  async execute(tx: Tx, factor: RideFactor): Promise<Result<RideFactor, Refusals>> {
    const checked = checkRideFactor(factor);
    if (!checked.ok) return checked;
    if (!(await this.factors.insert(tx, factor))) {
      return refuse({ code: 'RIDE_FACTOR_EXISTS', validFrom: factor.validFrom });
    }
    tx.audit({ rideFactorFrom: factor.validFrom, gramsPerKm: factor.gramsPerKm.toString() });
    return ok(factor);
  }
}
