import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { numberInText } from '../text.rules';
import type { BookRuleRefusal } from './book-rule.refusals';
import { ruleFaults, ruleValue, type RuleDraft, type RuleValue } from './book-rule.rules';
import { BookRuleStore } from './book-rule.store';

export interface RuleProposal extends RuleDraft {
  /** The document that decides it. */
  readonly documentNo: string;
  /** Why it says what it says, so that a stranger can look it up. */
  readonly source: string;
}

/** A county proposes a rule about its credits from a day on; it counts for nothing until another approves it. */
@Injectable()
export class ProposeBookRule {
  constructor(private readonly rules: BookRuleStore) {}

  /** Refuses RULE_REFUSED with every fault, PERSONAL_NUMBER_IN_TEXT. */
  async execute(
    tx: Tx,
    proposal: RuleProposal,
  ): Promise<Result<{ id: string; value: RuleValue }, BookRuleRefusal>> {
    const errors = ruleFaults(proposal, dayOf(tx.now));
    if (errors.length > 0) return refuse({ code: 'RULE_REFUSED', errors });
    const { kind, validFrom, documentNo, source } = proposal;
    const number = numberInText({ documentNo, source });
    if (number) return refuse(number);
    const rule = { id: newId(), kind, validFrom, value: ruleValue(proposal), documentNo, source };
    await this.rules.insert(tx, rule);
    tx.audit({ rule: rule.id, kind, validFrom, value: rule.value });
    return ok({ id: rule.id, value: rule.value });
  }
}
