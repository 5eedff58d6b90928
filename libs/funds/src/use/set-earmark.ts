import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { wrongDay, wrongText } from '../text.rules';
import { EarmarkStore, type EarmarkRule } from './earmark.store';
import type { UseRefusal } from './use.refusals';

/** Lets a kind of payee use money for something, or no longer, from a day on. */
@Injectable()
export class SetEarmark {
  constructor(private readonly earmarks: EarmarkStore) {}

  /** Refuses FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT, ALREADY_IN_FORCE. */
  async execute(tx: Tx, rule: EarmarkRule): Promise<Result<EarmarkRule, UseRefusal>> {
    const wrong = wrongText({ documentNo: rule.documentNo }) ?? wrongDay({ from: rule.from });
    if (wrong) return wrong;
    const later = await this.earmarks.later(tx, rule);
    if (later) return refuse({ code: 'ALREADY_IN_FORCE', ...later });
    await this.earmarks.set(tx, rule);
    tx.audit({ ...rule });
    return ok(rule);
  }
}
