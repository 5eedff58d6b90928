import { Injectable } from '@nestjs/common';

import { dayOf, holdsSomebodysNumber, newId, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { undecidable, type DecisionRefusal, type ProposalDecision } from '../decision.rules';
import { dayFaults, textFaults } from '../fault.rules';
import { MeasurementStore } from '../measuring/measurement.store';
import type { ReleaseExternalRefusal } from './external-list.refusals';
import { ExternalListStore } from './external-list.store';
import { externalScheme } from './import-external-list';

export interface ReleaseProposal {
  readonly registry: string;
  readonly projectNo: string;
  readonly reason: string;
  readonly documentNo: string;
  /** What the other registry did credit: these days stay claimed. */
  readonly creditedFrom?: Day;
  readonly creditedTo?: Day;
}

/** Lets go of the land that another registry's project held: its list was wrong, or it ended. Two people decide. */
@Injectable()
export class ReleaseExternal {
  constructor(
    private readonly measurements: MeasurementStore,
    private readonly lists: ExternalListStore,
  ) {}

  /** Refuses PERSONAL_NUMBER_IN_TEXT, EXTERNAL_LIST_TERMS_REFUSED, EXTERNAL_SCHEME_UNKNOWN. */
  async propose(
    tx: Tx,
    { registry, projectNo, reason, documentNo, creditedFrom, creditedTo }: ReleaseProposal,
  ): Promise<Result<{ id: string }, ReleaseExternalRefusal>> {
    if (holdsSomebodysNumber(reason)) {
      const expected = 'a text without long numbers';
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field: 'reason', expected });
    }
    const isCredited = creditedFrom !== undefined || creditedTo !== undefined;
    const errors = [
      ...textFaults('documentNo', documentNo),
      ...(isCredited ? dayFaults('creditedFrom', creditedFrom ?? '', { most: dayOf(tx.now) }) : []),
      ...(isCredited
        ? dayFaults('creditedTo', creditedTo ?? '', { least: creditedFrom ?? '9999-12-31' })
        : []),
    ];
    if (errors.length > 0) return refuse({ code: 'EXTERNAL_LIST_TERMS_REFUSED', errors });
    const scheme = externalScheme(registry, projectNo);
    if (!(await this.lists.isClaimed(tx, scheme))) return refuse({ code: 'EXTERNAL_SCHEME_UNKNOWN', scheme });
    const id = newId();
    const credited =
      creditedFrom !== undefined && creditedTo !== undefined ? { from: creditedFrom, to: creditedTo } : null;
    await this.lists.insertRelease(tx, { id, scheme, reason, documentNo, credited });
    tx.audit({ release: id, scheme });
    return ok({ id });
  }

  /** Refuses PROPOSAL_UNKNOWN, PROPOSAL_DECIDED, STEP_BY_SAME_PERSON. */
  async decide(
    tx: Tx,
    { id, rejection }: ProposalDecision,
  ): Promise<Result<{ id: string }, DecisionRefusal>> {
    await this.measurements.lockBook(tx);
    const refusal = undecidable(await this.lists.lockRelease(tx, id), id, tx.context.actor);
    if (refusal) return refusal;
    await this.lists.decideRelease(tx, id, rejection ?? null);
    tx.audit({ release: id, outcome: rejection === undefined ? 'approved' : 'rejected' });
    return ok({ id });
  }
}
