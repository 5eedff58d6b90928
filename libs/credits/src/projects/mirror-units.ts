import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { undecidable, type DecisionRefusal, type ProposalDecision } from '../decision.rules';
import { dayFaults, fault, textFaults } from '../fault.rules';
import { ProjectStepStore } from './project-step.store';
import type { MirrorRefusal } from './project.refusals';
import type { NationalUnits } from './project.rules';
import { ProjectStore } from './project.store';

export interface MirrorProposal {
  readonly project: string;
  /** Transferred to another account of the national registry, or retired there. */
  readonly kind: 'transferred' | 'retired';
  readonly units: NationalUnits;
  readonly day: Day;
  readonly documentNo: string;
}

/**
 * Tells what the national registry did with certified units (G3). They are mirrored: this ledger has no account of
 * them, so nothing here can sell or retire one.
 */
@Injectable()
export class MirrorUnits {
  constructor(
    private readonly projects: ProjectStore,
    private readonly steps: ProjectStepStore,
  ) {}

  /** Refuses PROJECT_UNKNOWN, MIRROR_REFUSED with every fault, NATIONAL_UNITS_UNKNOWN, NATIONAL_UNITS_GONE. */
  async propose(
    tx: Tx,
    { project: code, units, ...event }: MirrorProposal,
  ): Promise<Result<{ id: string }, MirrorRefusal>> {
    await this.projects.lockBook(tx);
    const project = await this.projects.find(tx, { code });
    if (!project) return refuse({ code: 'PROJECT_UNKNOWN', project: code.slice(0, 40) });
    const errors = [
      ...dayFaults('day', event.day, { most: dayOf(tx.now) }),
      ...textFaults('documentNo', event.documentNo),
      ...(units.last >= units.first
        ? []
        : [fault('units', 'FIELD_MISSING', '从小到大的编号段', 'numbers from the lower to the higher')]),
    ];
    if (errors.length > 0) return refuse({ code: 'MIRROR_REFUSED', errors });
    const { issued, gone } = await this.steps.unitsOf(tx, project.id, units);
    if (!issued) return refuse({ code: 'NATIONAL_UNITS_UNKNOWN', block: units.block });
    if (gone) return refuse({ code: 'NATIONAL_UNITS_GONE', block: units.block });
    const id = newId();
    await this.steps.insertEvent(tx, { ...event, id, project: project.id, units });
    tx.audit({ project: code, mirror: id, kind: event.kind });
    return ok({ id });
  }

  /** Refuses PROPOSAL_UNKNOWN, PROPOSAL_DECIDED, STEP_BY_SAME_PERSON. */
  async decide(
    tx: Tx,
    { id, rejection }: ProposalDecision,
  ): Promise<Result<{ id: string }, DecisionRefusal>> {
    const refusal = undecidable(await this.steps.lockEvent(tx, id), id, tx.context.actor);
    if (refusal) return refusal;
    await this.steps.decideEvent(tx, id, rejection ?? null);
    tx.audit({ mirror: id, outcome: rejection === undefined ? 'approved' : 'rejected' });
    return ok({ id });
  }
}
