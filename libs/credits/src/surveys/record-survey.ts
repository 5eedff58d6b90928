import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { numberInText } from '../text.rules';
import type { SurveyRefusal } from './survey.refusals';
import { surveyFaults, type SurveyRow } from './survey.rules';
import { SurveyStore } from './survey.store';

export interface SurveyDraft {
  /** `county-2025`: the county's name of the round. */
  readonly code: string;
  readonly documentNo: string;
  readonly rows: readonly SurveyRow[];
  /** Regions the recording person is responsible for. */
  readonly regions: readonly string[];
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

const FAULTS_SHOWN = 200;

/** Records a round of sample plots, whole or not at all. It calibrates nothing before another person approves it. */
@Injectable()
export class RecordSurvey {
  constructor(private readonly surveys: SurveyStore) {}

  /** Refuses SURVEY_REFUSED with every fault, SURVEY_EXISTS, PERSONAL_NUMBER_IN_TEXT. */
  async execute(
    tx: Tx,
    { code, documentNo, rows, regions, dryRun }: SurveyDraft,
  ): Promise<Result<{ code: string; plots: number; newPlots: number }, SurveyRefusal>> {
    const number = numberInText({ documentNo });
    if (number) return refuse(number);
    await this.surveys.lockBook(tx);
    if (await this.surveys.isTaken(tx, code)) return refuse({ code: 'SURVEY_EXISTS', round: code });
    const known = await this.surveys.plots(
      tx,
      rows.map(({ plotCode }) => plotCode),
    );
    const errors = surveyFaults(rows, { regions, today: dayOf(tx.now), plotOf: (plot) => known.get(plot) });
    if (errors.length > 0) {
      return refuse({ code: 'SURVEY_REFUSED', total: errors.length, errors: errors.slice(0, FAULTS_SHOWN) });
    }
    const recorded = { code, plots: rows.length, newPlots: rows.length - known.size };
    if (!dryRun) {
      await this.surveys.insert(tx, { id: newId(), code, documentNo }, rows, known);
      tx.audit({ round: code, plots: rows.length, newPlots: recorded.newPlots });
    }
    return ok(recorded);
  }
}
