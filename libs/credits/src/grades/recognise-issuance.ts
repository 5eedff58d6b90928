import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { undecidable, type DecisionRefusal, type ProposalDecision } from '../decision.rules';
import { dayFaults, textFaults } from '../fault.rules';
import type { RecogniseRefusal } from './grade.refusals';
import { GradeChangeStore } from './grade-change.store';

export interface Recognition {
  /** Code of the issuance; a part of one cannot be recognised. */
  readonly issuance: string;
  /** G2: recognised. G1: the recognition is taken back. */
  readonly grade: 'G1' | 'G2';
  /** The provincial carbon-inclusion scheme (碳普惠). */
  readonly inclusion: string;
  readonly documentNo: string;
  readonly documentOn: Day;
  readonly documentSha256?: string;
}

/** Records that a provincial scheme recognises an issuance as emission reductions, or no longer does. */
@Injectable()
export class RecogniseIssuance {
  constructor(private readonly changes: GradeChangeStore) {}

  /**
   * Refuses GRADE_CHANGE_REFUSED with every fault, ISSUANCE_UNKNOWN, GRADE_IS_MEMORANDUM, GRADE_UNCHANGED,
   * GRADE_CHANGE_OPEN.
   */
  async propose(
    tx: Tx,
    { issuance: code, ...recognition }: Recognition,
  ): Promise<Result<{ id: string }, RecogniseRefusal>> {
    const errors = [
      ...dayFaults('documentOn', recognition.documentOn, { most: dayOf(tx.now) }),
      ...textFaults('documentNo', recognition.documentNo),
      ...textFaults('inclusion', recognition.inclusion),
    ];
    if (errors.length > 0) return refuse({ code: 'GRADE_CHANGE_REFUSED', errors });
    await this.changes.lockBook(tx);
    const issuance = await this.changes.issuance(tx, code);
    if (!issuance) return refuse({ code: 'ISSUANCE_UNKNOWN', issuance: code.slice(0, 40) });
    if (issuance.issuedAs === 'G0') return refuse({ code: 'GRADE_IS_MEMORANDUM', issuance: code });
    if (issuance.open !== null) {
      return refuse({ code: 'GRADE_CHANGE_OPEN', issuance: code, id: issuance.open });
    }
    if (issuance.grade === recognition.grade) {
      return refuse({ code: 'GRADE_UNCHANGED', issuance: code, grade: issuance.grade });
    }
    const id = newId();
    await this.changes.insert(tx, { ...recognition, id, issuance: issuance.id });
    tx.audit({ change: id, issuance: code, grade: recognition.grade });
    return ok({ id });
  }

  /** It holds from now on. Refuses PROPOSAL_UNKNOWN, PROPOSAL_DECIDED, STEP_BY_SAME_PERSON. */
  async decide(
    tx: Tx,
    { id, rejection }: ProposalDecision,
  ): Promise<Result<{ id: string }, DecisionRefusal>> {
    await this.changes.lockBook(tx);
    const refusal = undecidable(await this.changes.lock(tx, id), id, tx.context.actor);
    if (refusal) return refusal;
    await this.changes.decide(tx, id, rejection ?? null);
    tx.audit({ change: id, outcome: rejection === undefined ? 'approved' : 'rejected' });
    return ok({ id });
  }
}
