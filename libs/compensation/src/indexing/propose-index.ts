import { Injectable } from '@nestjs/common';

import { newId, ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { checkTexts } from '../check-text';
import type { Refused } from '../compensation.refusals';
import { PROGRAMME_KEEPERS } from '../compensation.words';
import { ProgrammeStore } from '../programmes/programme.store';
import { IndexDecisionStore, type IndexedStandard } from './index-decision.store';
import { appliedIndex, checkIndex, indexedRate, indexOf, type IndexDraft } from './index.rules';

export interface ProposedIndex {
  readonly id: string;
  readonly indexPpm: bigint;
  readonly appliedPpm: bigint;
  readonly standards: readonly IndexedStandard[];
}

type Refusals =
  | PostRequired
  | Refused<
      | 'PROGRAMME_FIELD_WRONG'
      | 'PROGRAMME_UNKNOWN'
      | 'INDEX_EXISTS'
      | 'INDEX_WITHOUT_BASE'
      | 'TEXT_HOLDS_NUMBER'
    >;

/** Proposes what a programme's standards become by an index (指数化), with its inputs frozen. Another decides. */
@Injectable()
export class ProposeIndex {
  constructor(
    private readonly programmes: ProgrammeStore,
    private readonly decisions: IndexDecisionStore,
  ) {}

  /** Refuses INDEX_EXISTS for a second decision of a day, INDEX_WITHOUT_BASE where no open standard holds before it. */
  async execute(tx: Tx, principal: Principal, draft: IndexDraft): Promise<Result<ProposedIndex, Refusals>> {
    const { programme, validFrom, variables } = draft;
    const allowed = Policies.require(principal, tx.book, PROGRAMME_KEEPERS);
    if (!allowed.ok) return allowed;
    const wrong = checkIndex(draft);
    if (wrong) return refuse(wrong);
    const number = checkTexts(variables.map(({ source }) => ['source', source]));
    if (number) return number;
    if (!(await this.programmes.find(tx, programme))) return refuse({ code: 'PROGRAMME_UNKNOWN', programme });
    await this.programmes.queue(tx, programme);
    const bases = await this.decisions.bases(tx, programme, validFrom);
    if (bases.length === 0) return refuse({ code: 'INDEX_WITHOUT_BASE', programme, day: validFrom });
    const indexPpm = indexOf(variables);
    const appliedPpm = appliedIndex(indexPpm, draft);
    const standards = bases.map((base) => ({
      ...base,
      rateFenPerMu: indexedRate(base.fenPerMu, appliedPpm, draft),
    }));
    const id = newId();
    if (!(await this.decisions.insert(tx, { ...draft, id, indexPpm, appliedPpm }, standards))) {
      return refuse({ code: 'INDEX_EXISTS', programme, validFrom });
    }
    tx.audit({
      programme,
      index: id,
      validFrom,
      appliedPpm: appliedPpm.toString(),
      standards: standards.length,
    });
    return ok({ id, indexPpm, appliedPpm, standards });
  }
}
