import { Injectable } from '@nestjs/common';

import { ok, present, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { undecidable, type DecisionRefusal, type ProposalDecision } from '../decision.rules';
import { MeasurementStore } from '../measuring/measurement.store';
import { ProjectStepStore } from './project-step.store';
import type { ProjectStepRefusal } from './project.refusals';
import { ProjectStore } from './project.store';
import { landHeld } from './propose-step';

export type DecideStepRefusal = DecisionRefusal | Extract<ProjectStepRefusal, { code: 'PROJECT_LAND_HELD' }>;

/**
 * Somebody else decides a step, once. Registered, the project claims its land for its crediting period: nobody
 * issues there any more. Withdrawn, it lets go of the days for which nothing was credited.
 */
@Injectable()
export class DecideStep {
  constructor(
    private readonly measurements: MeasurementStore,
    private readonly projects: ProjectStore,
    private readonly steps: ProjectStepStore,
  ) {}

  /** Refuses PROPOSAL_UNKNOWN, PROPOSAL_DECIDED, STEP_BY_SAME_PERSON, PROJECT_LAND_HELD. */
  async execute(
    tx: Tx,
    { id, rejection }: ProposalDecision,
  ): Promise<Result<{ id: string; project: string }, DecideStepRefusal>> {
    // Issuing takes the first of them too: land is either issued or registered.
    await this.measurements.lockBook(tx);
    await this.projects.lockBook(tx);
    const step = await this.steps.lock(tx, id);
    const refusal = undecidable(step, id, tx.context.actor);
    if (refusal) return refusal;
    const { project: projectId, crediting } = present(step, 'what may be decided is there');
    const project = present(await this.projects.find(tx, { id: projectId }), 'a step has its project');
    if (rejection === undefined && crediting) {
      const held = await this.projects.held(tx, tx.book, projectId, crediting);
      if (held.length > 0) return landHeld(held);
    }
    await this.steps.decide(tx, id, rejection ?? null);
    tx.audit({ step: id, project: project.code, outcome: rejection === undefined ? 'approved' : 'rejected' });
    return ok({ id, project: project.code });
  }
}
