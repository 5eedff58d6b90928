import { Injectable } from '@nestjs/common';

import { newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { OpenProjectRefusal } from './project.refusals';
import { ProjectStore, type NewProject } from './project.store';

export interface ProjectDraft extends Omit<NewProject, 'id' | 'owner'> {
  /** External number of a party that is no natural person. */
  readonly ownerExternalNo: string;
}

/** Puts a project into the pipeline (储备). It holds no land yet. */
@Injectable()
export class OpenProject {
  constructor(private readonly projects: ProjectStore) {}

  /** Refuses PROJECT_OWNER_WRONG, PROJECT_EXISTS. */
  async execute(
    tx: Tx,
    { ownerExternalNo, ...draft }: ProjectDraft,
  ): Promise<Result<{ code: string }, OpenProjectRefusal>> {
    const owner = await this.projects.ownerOf(tx, ownerExternalNo);
    if (owner === undefined) {
      return refuse({ code: 'PROJECT_OWNER_WRONG', owner: ownerExternalNo.slice(0, 64) });
    }
    if (!(await this.projects.insert(tx, { ...draft, id: newId(), owner }))) {
      return refuse({ code: 'PROJECT_EXISTS', project: draft.code });
    }
    tx.audit({ project: draft.code, kind: draft.kind });
    return ok({ code: draft.code });
  }
}
