import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { SourceRefusal } from '../sources/source.refusals';
import { wrongDay, wrongText } from '../text.rules';
import { DayLimitStore, type DayLimit } from './day-limit.store';

const DAYS_MAX = 3_650;

/** After how many days money counts as idle or unused, from a day on, by document. */
@Injectable()
export class SetDayLimit {
  constructor(private readonly limits: DayLimitStore) {}

  /** Refuses FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT, ALREADY_IN_FORCE. */
  async execute(
    tx: Tx,
    limit: DayLimit,
  ): Promise<
    Result<
      DayLimit,
      Extract<SourceRefusal, { code: 'FUNDS_FIELD_WRONG' | 'PERSONAL_NUMBER_IN_TEXT' | 'ALREADY_IN_FORCE' }>
    >
  > {
    const { kind, days, from, documentNo } = limit;
    const wrong = wrongText({ documentNo }) ?? wrongDay({ from });
    if (wrong) return wrong;
    if (days < 1 || days > DAYS_MAX) {
      return refuse({ code: 'FUNDS_FIELD_WRONG', field: 'days', expected: `1 to ${DAYS_MAX}` });
    }
    const later = await this.limits.later(tx, kind, from);
    if (later) return refuse({ code: 'ALREADY_IN_FORCE', ...later });
    await this.limits.insert(tx, limit);
    tx.audit({ limit: kind, days, from, documentNo });
    return ok(limit);
  }
}
