import { Injectable } from '@nestjs/common';

import { isDay, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { meanWarning } from '../measuring/measure.rules';
import { CoefficientSetStore, type ProposedSet } from './coefficient-set.store';
import type { ProposeRefusal } from './methodology.refusals';
import { FAULTS_SHOWN, type Proposed } from './propose-coefficients';
import { growthOf, speciesOf, stockFaults, type GrowthRow, type SpeciesRow } from './stock-set.rules';

export interface StockProposal extends ProposedSet {
  readonly species: readonly SpeciesRow[];
  readonly growth: readonly GrowthRow[];
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

/**
 * A county proposes how its stock grows and what a m³ of its species holds, with the source of each. It is decided as a set of
 * coefficients is, and counts for the classes that a measuring decision names.
 */
@Injectable()
export class ProposeStockSet {
  constructor(private readonly sets: CoefficientSetStore) {}

  /** Refuses COEFFICIENTS_REFUSED, COEFFICIENT_VERSION_TAKEN, DAY_WRONG. */
  async execute(tx: Tx, proposal: StockProposal): Promise<Result<Proposed, ProposeRefusal>> {
    const { version, validFrom } = proposal;
    if (!isDay(validFrom))
      return refuse({ code: 'DAY_WRONG', field: 'validFrom', value: validFrom.slice(0, 10) });
    const errors = stockFaults(proposal.species, proposal.growth);
    if (errors.length > 0) {
      return refuse({
        code: 'COEFFICIENTS_REFUSED',
        total: errors.length,
        errors: errors.slice(0, FAULTS_SHOWN),
      });
    }
    if (await this.sets.isTaken(tx, version)) return refuse({ code: 'COEFFICIENT_VERSION_TAKEN', version });
    const species = speciesOf(proposal.species);
    const growth = growthOf(proposal.growth, species);
    const effect = await this.sets.effect(tx, growth);
    const warning = meanWarning(effect.grams, effect.areaMu100);
    if (!proposal.dryRun) {
      await this.sets.insert(tx, proposal, growth, 'stock-change');
      await this.sets.insertFactors(tx, version, { species, growth });
      tx.audit({ version, species: species.length, growth: growth.length, validFrom });
    }
    return ok({ version, effect, warnings: warning ? [warning] : [] });
  }
}
