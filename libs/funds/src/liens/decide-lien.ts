import { Injectable } from '@nestjs/common';

import { ok, present, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { undecidable, type Decidable, type Decision } from '../decision.rules';
import type { LienRefusal } from './lien.refusals';
import type { LienState } from './lien.words';
import { LienStore, type Lien } from './lien.store';

/** Somebody who did not register a pledge checks it against its papers: from then on it holds, or it is rejected. */
@Injectable()
export class DecideLien {
  constructor(private readonly liens: LienStore) {}

  /** Refuses PROPOSAL_UNKNOWN, PROPOSAL_DECIDED, STEP_BY_SAME_PERSON. */
  async execute(
    tx: Tx,
    { id, rejection }: Decision,
  ): Promise<Result<{ id: string; state: LienState }, LienRefusal>> {
    const found = await this.liens.lock(tx, id);
    const wrong = undecidable(found && decidable(found), id, tx.context.actor);
    if (wrong) return wrong;
    const { party, programme } = present(found, 'what can be decided is there');
    await this.liens.decide(tx, id, rejection ?? null);
    const state = rejection === undefined ? 'live' : 'rejected';
    tx.audit({ lien: id, party, programme, outcome: state });
    return ok({ id, state });
  }
}

const decidable = ({ id, state, proposedBy }: Lien): Decidable => ({
  id,
  proposedBy,
  state: state === 'proposed' || state === 'rejected' ? state : 'approved',
});
