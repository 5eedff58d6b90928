import { Injectable } from '@nestjs/common';

import { newId, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { PROGRAMME_KEEPERS } from '../compensation.words';
import { checkStandard, type StandardDraft } from './programme.rules';
import { ProgrammeStore } from './programme.store';

type Refusals =
  | PostRequired
  | Refused<
      | 'DEDUCTION_UNDEFINED'
      | 'PROGRAMME_KIND_WRONG'
      | 'PROGRAMME_FIELD_WRONG'
      | 'PROGRAMME_UNKNOWN'
      | 'STANDARD_OVERLAPS'
    >;

/** Enters what a mu pays from a day on, by its document. An open one of the same keys ends the day before. */
@Injectable()
export class AddStandard {
  constructor(private readonly programmes: ProgrammeStore) {}

  /**
   * Refuses STANDARD_OVERLAPS with the equally specific standard that holds on some of the days, DEDUCTION_UNDEFINED for
   * whatever else than rangers is to be taken off.
   */
  async execute(
    tx: Tx,
    principal: Principal,
    draft: StandardDraft,
  ): Promise<Result<{ id: string }, Refusals>> {
    const allowed = Policies.require(principal, tx.book, PROGRAMME_KEEPERS);
    if (!allowed.ok) return allowed;
    const wrong = checkStandard(draft);
    if (wrong) return refuse(wrong);
    const programme = await this.programmes.find(tx, draft.programme);
    if (!programme) return refuse({ code: 'PROGRAMME_UNKNOWN', programme: draft.programme });
    const { ruleKind } = programme;
    if (ruleKind !== 'area') return refuse({ code: 'PROGRAMME_KIND_WRONG', ruleKind, needed: 'area' });
    await this.programmes.queue(tx, draft.programme);
    const ended = await this.programmes.endBefore(tx, draft);
    const overlapping = await this.programmes.overlapping(tx, draft);
    if (overlapping) return refuse({ code: 'STANDARD_OVERLAPS', ...overlapping });
    const id = newId();
    await this.programmes.insertStandard(tx, id, draft);
    tx.audit({
      programme: draft.programme,
      standard: id,
      level: draft.level,
      tenure: draft.tenure,
      payableFenPerMu: draft.payableFenPerMu.toString(),
      ...(draft.forestClass !== undefined && { forestClass: draft.forestClass }),
      ...(draft.managementGrade !== undefined && { managementGrade: draft.managementGrade }),
      ...(draft.deduction && {
        deduction: draft.deduction.kind,
        deductionFenPerMu: draft.deduction.fenPerMu.toString(),
      }),
      documentNo: draft.documentNo,
      endedBefore: ended,
    });
    return ok({ id });
  }
}
