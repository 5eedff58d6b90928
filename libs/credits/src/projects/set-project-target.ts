import { Injectable } from '@nestjs/common';

import { ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { dayFaults, textFaults, type FieldFault } from '../fault.rules';
import type { ProjectKind } from './project.rules';
import { ProjectStore } from './project.store';

export interface ProjectTarget {
  readonly kind: ProjectKind;
  readonly validFrom: Day;
  readonly targetMu100: bigint;
  readonly documentNo: string;
}

export type ProjectTargetRefusal =
  | { readonly code: 'PROJECT_TARGET_REFUSED'; readonly errors: readonly FieldFault[] }
  | { readonly code: 'PROJECT_TARGET_EXISTS'; readonly kind: ProjectKind; readonly validFrom: Day };

/** What a plan wants to be developed of one kind of forest, from a day on; later targets take its place. */
@Injectable()
export class SetProjectTarget {
  constructor(private readonly projects: ProjectStore) {}

  /** Refuses PROJECT_TARGET_REFUSED, PROJECT_TARGET_EXISTS: what a plan said of a day stays. */
  async execute(tx: Tx, target: ProjectTarget): Promise<Result<ProjectTarget, ProjectTargetRefusal>> {
    const errors = [
      ...dayFaults('validFrom', target.validFrom),
      ...textFaults('documentNo', target.documentNo),
    ];
    if (errors.length > 0) return refuse({ code: 'PROJECT_TARGET_REFUSED', errors });
    if (!(await this.projects.setTarget(tx, target))) {
      return refuse({ code: 'PROJECT_TARGET_EXISTS', kind: target.kind, validFrom: target.validFrom });
    }
    tx.audit({ kind: target.kind, validFrom: target.validFrom, targetMu100: target.targetMu100.toString() });
    return ok(target);
  }
}
