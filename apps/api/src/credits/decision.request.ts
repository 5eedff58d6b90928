import { IsOptional, Length } from 'class-validator';

import type { DecisionRefusal, ProposalDecision } from '@app/credits';
import { isUuid } from '@app/kernel';
import { RefusalException } from '../http';

export class DecisionRequest {
  /** Why it is rejected; it is approved when left out. */
  @IsOptional()
  @Length(1, 500)
  rejection?: string;
}

/** The decision on the proposal of the path; what is no id is nobody's proposal. */
export function decisionOf(id: string, { rejection }: DecisionRequest): ProposalDecision {
  if (!isUuid(id)) {
    const reason: DecisionRefusal = { code: 'PROPOSAL_UNKNOWN', id: id.slice(0, 64) };
    throw new RefusalException(reason);
  }
  return { id, ...(rejection === undefined ? {} : { rejection }) };
}
