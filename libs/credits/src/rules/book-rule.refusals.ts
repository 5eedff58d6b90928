import type { Day } from '@app/kernel';
import type { RuleFault, RuleKind } from './book-rule.rules';
import type { DecisionState } from './book-rule.store';

export type BookRuleRefusal =
  | { readonly code: 'RULE_REFUSED'; readonly errors: readonly RuleFault[] }
  | { readonly code: 'RULE_UNKNOWN'; readonly rule: string }
  | { readonly code: 'RULE_DECIDED'; readonly rule: string; readonly state: DecisionState }
  | { readonly code: 'STEP_BY_SAME_PERSON'; readonly step: 'decide'; readonly before: 'propose' }
  /** Two rules of a kind from one day would leave open which one counts. */
  | {
      readonly code: 'RULE_SAME_DAY';
      readonly kind: RuleKind;
      readonly validFrom: Day;
      readonly other: string;
    }
  /** Its first day passed before it was decided: propose it from another. */
  | { readonly code: 'RULE_DAY_OVER'; readonly validFrom: Day; readonly earliest: Day }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string };
