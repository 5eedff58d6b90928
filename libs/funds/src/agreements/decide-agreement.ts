import { Injectable } from '@nestjs/common';

import { ok, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { undecidable, type Decision, type DecisionState } from '../decision.rules';
import type { AgreementRefusal } from './agreement.refusals';
import { AgreementStore } from './agreement.store';

/** Somebody who did not enter it decides on an agreement, for their own book. */
@Injectable()
export class DecideAgreement {
  constructor(private readonly agreements: AgreementStore) {}

  /** Refuses PROPOSAL_UNKNOWN, PROPOSAL_DECIDED, STEP_BY_SAME_PERSON. */
  async execute(
    tx: Tx,
    { id, rejection }: Decision,
  ): Promise<Result<{ id: string; state: DecisionState }, AgreementRefusal>> {
    const wrong = undecidable(await this.agreements.lock(tx, id), id, tx.context.actor);
    if (wrong) return wrong;
    await this.agreements.decide(tx, id, rejection ?? null);
    const state = rejection === undefined ? 'approved' : 'rejected';
    tx.audit({ agreement: id, outcome: state });
    return ok({ id, state });
  }
}
