import { Injectable } from '@nestjs/common';

import { isDay, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { meanWarning, type MeanWarning } from '../measuring/measure.rules';
import { CoefficientSetStore, type ProposedSet, type SetEffect } from './coefficient-set.store';
import { coefficientsOf, faultsOf, type CoefficientRow } from './coefficients.rules';
import type { ProposeRefusal } from './methodology.refusals';

export interface Proposal extends ProposedSet {
  readonly coefficients: readonly CoefficientRow[];
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

export interface Proposed {
  readonly version: string;
  readonly effect: SetEffect;
  readonly warnings: readonly MeanWarning[];
}

export const FAULTS_SHOWN = 200;

/** A county proposes what a mu takes up in a year, with its source; it counts for nothing until another approves. */
@Injectable()
export class ProposeCoefficients {
  constructor(private readonly sets: CoefficientSetStore) {}

  /** Refuses COEFFICIENTS_REFUSED, COEFFICIENT_VERSION_TAKEN, DAY_WRONG. */
  async execute(tx: Tx, proposal: Proposal): Promise<Result<Proposed, ProposeRefusal>> {
    if (!isDay(proposal.validFrom)) {
      return refuse({ code: 'DAY_WRONG', field: 'validFrom', value: proposal.validFrom.slice(0, 10) });
    }
    const errors = faultsOf(proposal.coefficients);
    if (errors.length > 0) {
      return refuse({
        code: 'COEFFICIENTS_REFUSED',
        total: errors.length,
        errors: errors.slice(0, FAULTS_SHOWN),
      });
    }
    if (await this.sets.isTaken(tx, proposal.version)) {
      return refuse({ code: 'COEFFICIENT_VERSION_TAKEN', version: proposal.version });
    }
    const coefficients = coefficientsOf(proposal.coefficients);
    const effect = await this.sets.effect(tx, coefficients);
    const warning = meanWarning(effect.grams, effect.areaMu100);
    if (!proposal.dryRun) {
      await this.sets.insert(tx, proposal, coefficients);
      tx.audit({
        version: proposal.version,
        coefficients: coefficients.length,
        validFrom: proposal.validFrom,
      });
    }
    return ok({ version: proposal.version, effect, warnings: warning ? [warning] : [] });
  }
}
