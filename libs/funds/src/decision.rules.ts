import { refuse, type Refused } from '@app/kernel';

export type DecisionState = 'proposed' | 'approved' | 'rejected';

/** What one person proposes and another decides, once. */
export interface Decidable {
  readonly id: string;
  readonly state: DecisionState;
  readonly proposedBy: string;
}

/** One proposal, and why it is rejected; it is approved when that is left out. */
export interface Decision {
  readonly id: string;
  readonly rejection?: string;
}

export type DecisionRefusal =
  | { readonly code: 'PROPOSAL_UNKNOWN'; readonly id: string }
  | { readonly code: 'PROPOSAL_DECIDED'; readonly id: string; readonly state: DecisionState }
  | { readonly code: 'STEP_BY_SAME_PERSON'; readonly step: 'decide'; readonly before: 'propose' };

/** Why the actor may not decide it; undefined when they may. */
export function undecidable(
  proposal: Decidable | undefined,
  id: string,
  actor: string,
): Refused<DecisionRefusal> | undefined {
  if (!proposal) return refuse({ code: 'PROPOSAL_UNKNOWN', id });
  if (proposal.state !== 'proposed') return refuse({ code: 'PROPOSAL_DECIDED', id, state: proposal.state });
  if (proposal.proposedBy !== actor) return undefined;
  return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'decide', before: 'propose' });
}
