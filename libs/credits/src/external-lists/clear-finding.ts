import { Injectable } from '@nestjs/common';

import { holdsSomebodysNumber, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { ClearFindingRefusal } from './external-list.refusals';
import { ExternalListStore } from './external-list.store';

/** Somebody who did not import the list says what came of an overlap, once. Claims stay as they are. */
@Injectable()
export class ClearFinding {
  constructor(private readonly lists: ExternalListStore) {}

  /** Refuses PERSONAL_NUMBER_IN_TEXT, OVERLAP_UNKNOWN, OVERLAP_CLEARED, STEP_BY_SAME_PERSON. */
  async execute(
    tx: Tx,
    { id, clearance }: { id: string; clearance: string },
  ): Promise<Result<{ id: string }, ClearFindingRefusal>> {
    if (holdsSomebodysNumber(clearance)) {
      const expected = 'a text without long numbers';
      return refuse({ code: 'PERSONAL_NUMBER_IN_TEXT', field: 'clearance', expected });
    }
    const finding = await this.lists.lockFinding(tx, id);
    if (!finding) return refuse({ code: 'OVERLAP_UNKNOWN', id });
    if (finding.isCleared) return refuse({ code: 'OVERLAP_CLEARED', id });
    if (finding.foundBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'clear', before: 'import' });
    }
    await this.lists.clear(tx, id, clearance);
    tx.audit({ finding: id });
    return ok({ id });
  }
}
