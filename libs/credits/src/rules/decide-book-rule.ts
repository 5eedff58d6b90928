import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { BookRuleRefusal } from './book-rule.refusals';
import { mayBeginBefore } from './book-rule.rules';
import { BookRuleStore } from './book-rule.store';

/** Somebody who did not propose a rule approves or rejects it, once. */
@Injectable()
export class DecideBookRule {
  constructor(private readonly rules: BookRuleStore) {}

  /** Refuses RULE_UNKNOWN, RULE_DECIDED, STEP_BY_SAME_PERSON, RULE_DAY_OVER, RULE_SAME_DAY. */
  async execute(
    tx: Tx,
    { rule: id, rejection }: { readonly rule: string; readonly rejection?: string },
  ): Promise<Result<{ id: string }, BookRuleRefusal>> {
    const rule = await this.rules.lock(tx, id);
    if (!rule) return refuse({ code: 'RULE_UNKNOWN', rule: id });
    if (rule.state !== 'proposed') return refuse({ code: 'RULE_DECIDED', rule: id, state: rule.state });
    if (rule.proposedBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'decide', before: 'propose' });
    }
    if (rejection === undefined) {
      const today = dayOf(tx.now);
      if (rule.validFrom < today && !mayBeginBefore(rule.kind)) {
        return refuse({ code: 'RULE_DAY_OVER', validFrom: rule.validFrom, earliest: today });
      }
      const other = await this.rules.approvedFrom(tx, rule.kind, rule.validFrom);
      if (other !== undefined) {
        return refuse({ code: 'RULE_SAME_DAY', kind: rule.kind, validFrom: rule.validFrom, other });
      }
    }
    await this.rules.decide(tx, id, rejection ?? null);
    tx.audit({ rule: id, kind: rule.kind, outcome: rejection === undefined ? 'approved' : 'rejected' });
    return ok({ id });
  }
}
