import type { DecisionRefusal, ProposalDecision } from '@app/credits';
import { pathId, type DecisionRequest } from '../http';

/** The decision on the proposal of the path; what is no id is nobody's proposal. */
export const decisionOf = (id: string, { rejection }: DecisionRequest): ProposalDecision => ({
  id: pathId(id, (shown): DecisionRefusal => ({ code: 'PROPOSAL_UNKNOWN', id: shown })),
  ...(rejection === undefined ? {} : { rejection }),
});
