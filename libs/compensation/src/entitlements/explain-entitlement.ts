import { explainDividend, explainTopUp, readDividend, readTopUp } from '../dividend/dividend.rules';
import { explainInstalment, readInstalment } from '../instalment/instalment.rules';
import { explainMilestone, readMilestone } from '../milestone/milestone.rules';
import type { Language } from '../rosters/amount.rules';
import { explainStipend, readStipend } from '../stipend/stipend.rules';
import type { EntitlementKind } from './entitlement.words';
import type { Figures } from './sentence.rules';

interface Explained {
  readonly kind: EntitlementKind;
  readonly figures: Figures;
  readonly amountFen: bigint;
}

/** How an entitlement comes to its amount, told from its stored figures. */
export function explainEntitlement({ kind, figures, amountFen }: Explained, language: Language): string {
  switch (kind) {
    case 'instalment':
      return explainInstalment(readInstalment(figures), language);
    case 'milestone':
      return explainMilestone(readMilestone(figures), language);
    case 'stipend':
      return explainStipend(readStipend(figures), language);
    case 'dividend':
      return explainDividend(readDividend(figures, amountFen), language);
    case 'top-up':
      return explainTopUp(readTopUp(figures), language);
  }
}
