import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { ProjectStepStore } from './project-step.store';
import type { HeldLand, ProjectStepRefusal } from './project.refusals';
import { stepFaults, type ProjectState, type StepWish } from './project.rules';
import { ProjectStore } from './project.store';

export interface StepProposal extends StepWish {
  readonly project: string;
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

export interface ProposedStep {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly from: ProjectState;
  readonly to: ProjectState;
}

export const HELD_SHOWN = 50;

/** Proposes the next step of a project with the document it rests on; another person decides it. */
@Injectable()
export class ProposeStep {
  constructor(
    private readonly projects: ProjectStore,
    private readonly steps: ProjectStepStore,
  ) {}

  /**
   * Refuses PROJECT_UNKNOWN, PROJECT_STEP_OPEN, PROJECT_STEP_REFUSED with every fault, NATIONAL_UNITS_KNOWN, and
   * PROJECT_LAND_HELD when it would register land that is claimed for some of its days.
   */
  async execute(
    tx: Tx,
    { project: code, dryRun, ...wish }: StepProposal,
  ): Promise<Result<ProposedStep, ProjectStepRefusal>> {
    await this.projects.lockBook(tx);
    const project = await this.projects.find(tx, { code });
    if (!project) return refuse({ code: 'PROJECT_UNKNOWN', project: code.slice(0, 40) });
    if (project.openStep !== null) {
      return refuse({ code: 'PROJECT_STEP_OPEN', project: code, step: project.openStep });
    }
    const errors = stepFaults(project, wish, dayOf(tx.now));
    if (errors.length > 0) return refuse({ code: 'PROJECT_STEP_REFUSED', errors });
    if (wish.units && (await this.steps.unitsKnown(tx, wish.units))) {
      return refuse({ code: 'NATIONAL_UNITS_KNOWN', block: wish.units.block });
    }
    if (wish.crediting) {
      const held = await this.projects.held(tx, tx.book, project.id, wish.crediting);
      if (held.length > 0) return landHeld(held);
    }
    const step = { id: dryRun ? null : newId(), from: project.state, to: wish.to };
    if (step.id !== null) {
      await this.steps.insert(tx, { ...wish, id: step.id, project: project.id, from: project.state });
      tx.audit({ project: code, step: step.id, to: wish.to });
    }
    return ok(step);
  }
}

export const landHeld = (held: readonly HeldLand[]) =>
  refuse({ code: 'PROJECT_LAND_HELD', total: held.length, land: held.slice(0, HELD_SHOWN) });
