import { Injectable } from '@nestjs/common';

import { newId, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { checkTexts } from '../check-text';
import type { Refused } from '../compensation.refusals';
import { RosterStore } from '../rosters/roster.store';
import { checkQuality } from './quality.rules';
import { QualityStore, type QualityDraft } from './quality.store';

type Refusals = PostRequired | Refused<'PROGRAMME_FIELD_WRONG' | 'REGION_OUTSIDE_BOOK' | 'TEXT_HOLDS_NUMBER'>;

/** Enters what the monitoring of a region's ecological quality (生态质量监测) found; another decides whether it counts. */
@Injectable()
export class ProposeQuality {
  constructor(
    private readonly rosters: RosterStore,
    private readonly results: QualityStore,
  ) {}

  async execute(
    tx: Tx,
    principal: Principal,
    draft: QualityDraft,
  ): Promise<Result<{ id: string }, Refusals>> {
    const { region, evidence, grade } = draft;
    const allowed = Policies.require(principal, tx.book, ['forestry-handler'], region);
    if (!allowed.ok) return allowed;
    const wrong = checkQuality(draft);
    if (wrong) return refuse(wrong);
    const number = checkTexts([
      ['evidence', evidence],
      ['grade', grade],
    ]);
    if (number) return number;
    if (!(await this.rosters.isInBook(tx, region))) return refuse({ code: 'REGION_OUTSIDE_BOOK', region });
    const id = newId();
    await this.results.insert(tx, id, draft);
    tx.audit({ quality: id, region, multiplierPpm: draft.multiplierPpm.toString() });
    return ok({ id });
  }
}
