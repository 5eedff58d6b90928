import type { DecisionRefusal } from '../decision.rules';
import type { FieldFault } from '../fault.rules';
import type { Grade } from '../grade';

export type RecogniseRefusal =
  | { readonly code: 'ISSUANCE_UNKNOWN'; readonly issuance: string }
  | { readonly code: 'GRADE_CHANGE_REFUSED'; readonly errors: readonly FieldFault[] }
  /** 仅台账: state forest, or land whose right is not registered. No decision makes it saleable. */
  | { readonly code: 'GRADE_IS_MEMORANDUM'; readonly issuance: string }
  | { readonly code: 'GRADE_UNCHANGED'; readonly issuance: string; readonly grade: Grade }
  | { readonly code: 'GRADE_CHANGE_OPEN'; readonly issuance: string; readonly id: string }
  | DecisionRefusal;
