import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { CoefficientSetStore } from './coefficient-set.store';
import type { DecideRefusal } from './methodology.refusals';

export interface Decision {
  readonly version: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
}

/** Somebody who did not propose a set approves or rejects it, once. */
@Injectable()
export class DecideCoefficients {
  constructor(private readonly sets: CoefficientSetStore) {}

  /** Refuses COEFFICIENTS_UNKNOWN, COEFFICIENTS_DECIDED, STEP_BY_SAME_PERSON, COEFFICIENTS_SAME_DAY. */
  async execute(
    tx: Tx,
    { version, rejection }: Decision,
  ): Promise<Result<{ version: string }, DecideRefusal>> {
    const set = await this.sets.lockOwn(tx, version);
    if (!set) return refuse({ code: 'COEFFICIENTS_UNKNOWN', version });
    if (set.state !== 'proposed') return refuse({ code: 'COEFFICIENTS_DECIDED', version, state: set.state });
    if (set.proposedBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'decide', before: 'propose' });
    }
    if (rejection === undefined) {
      const other = await this.sets.approvedFrom(tx, set.validFrom, set.methodKind);
      if (other !== undefined) {
        return refuse({ code: 'COEFFICIENTS_SAME_DAY', version, other, validFrom: set.validFrom });
      }
    }
    await this.sets.decide(tx, version, rejection === undefined ? 'approved' : 'rejected', rejection ?? null);
    tx.audit({ version, outcome: rejection === undefined ? 'approved' : 'rejected' });
    return ok({ version });
  }
}
