import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { SurveyRefusal } from './survey.refusals';
import { SurveyStore } from './survey.store';

/** Somebody who did not record a round approves or rejects it, once. */
@Injectable()
export class DecideSurvey {
  constructor(private readonly surveys: SurveyStore) {}

  /** Refuses SURVEY_UNKNOWN, SURVEY_DECIDED, STEP_BY_SAME_PERSON. */
  async execute(
    tx: Tx,
    { code, rejection }: { readonly code: string; readonly rejection?: string },
  ): Promise<Result<{ code: string }, SurveyRefusal>> {
    const round = await this.surveys.lock(tx, code);
    if (!round) return refuse({ code: 'SURVEY_UNKNOWN', round: code });
    if (round.state !== 'proposed')
      return refuse({ code: 'SURVEY_DECIDED', round: code, state: round.state });
    if (round.proposedBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'decide', before: 'propose' });
    }
    await this.surveys.decide(tx, round.id, rejection ?? null);
    tx.audit({ round: code, outcome: rejection === undefined ? 'approved' : 'rejected' });
    return ok({ code });
  }
}
