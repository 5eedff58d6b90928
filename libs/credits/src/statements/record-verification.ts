import { Injectable } from '@nestjs/common';

import { dayOf, isDay, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { numberInText } from '../text.rules';
import type { VerificationRefusal } from './statement.refusals';
import { MeasuredStatementStore } from './measured-statement.store';
import { VerificationStore, type Verification } from './verification.store';

export interface VerificationDraft extends Omit<Verification, 'id' | 'state' | 'documentStored'> {
  readonly statement: string;
  /** Regions the recording person is responsible for. */
  readonly regions: readonly string[];
}

/** Records a third party's report on a statement (核证). It counts when another person has looked at the report. */
@Injectable()
export class RecordVerification {
  constructor(
    private readonly statements: MeasuredStatementStore,
    private readonly verifications: VerificationStore,
  ) {}

  /** Refuses STATEMENT_UNKNOWN, DAY_WRONG also for a day to come, PERSONAL_NUMBER_IN_TEXT. */
  async execute(tx: Tx, draft: VerificationDraft): Promise<Result<{ id: string }, VerificationRefusal>> {
    const { reportDay, body, reportNo, scope, documentSha256 } = draft;
    if (!isDay(reportDay) || reportDay > dayOf(tx.now)) {
      return refuse({ code: 'DAY_WRONG', field: 'reportDay', value: reportDay.slice(0, 10) });
    }
    const number = numberInText({ body, scope });
    if (number) return refuse(number);
    const statement = await this.statements.find(tx, tx.book, draft.statement);
    if (!statement || !draft.regions.some((own) => covers(own, statement.region))) {
      return refuse({ code: 'STATEMENT_UNKNOWN', statement: draft.statement });
    }
    const id = newId();
    await this.verifications.insert(tx, statement.id, {
      id,
      body,
      reportNo,
      reportDay,
      scope,
      documentSha256,
    });
    tx.audit({ statement: statement.no, verification: id, reportNo });
    return ok({ id });
  }
}
