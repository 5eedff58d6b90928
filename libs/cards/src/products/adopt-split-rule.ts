import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { MarketRefusal } from '../cards.refusals';
import { checkSplitRule } from './product.rules';
import { SplitRuleStore, type SplitRuleDraft } from './split-rule.store';

type Refusals = Extract<MarketRefusal, { code: 'SPLIT_RULE_EXISTS' | 'SPLIT_RULE_WRONG' }>;

/** Adopts how card money is split from a day on. Orders placed before keep the rule they were quoted with. */
@Injectable()
export class AdoptSplitRule {
  constructor(private readonly rules: SplitRuleStore) {}

  async execute(tx: Tx, draft: SplitRuleDraft): Promise<Result<{ version: number }, Refusals>> {
    const checked = checkSplitRule(draft);
    if (!checked.ok) return checked;
    const version = await this.rules.insert(tx, draft);
    if (version === undefined) return refuse({ code: 'SPLIT_RULE_EXISTS', validFrom: draft.validFrom });
    tx.audit({ splitRule: version, validFrom: draft.validFrom, source: draft.source });
    return ok({ version });
  }
}
