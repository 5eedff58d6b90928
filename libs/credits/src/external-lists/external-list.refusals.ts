import type { FieldFault } from '../fault.rules';
import type { ListFault } from './list-file.rules';

export type ExternalListRefusal =
  /** `total` faults; the first ones are told. Nothing was taken in. */
  | { readonly code: 'EXTERNAL_LIST_REFUSED'; readonly total: number; readonly errors: readonly ListFault[] }
  | { readonly code: 'EXTERNAL_LIST_TERMS_REFUSED'; readonly errors: readonly FieldFault[] }
  | { readonly code: 'EXTERNAL_LIST_REPEATED'; readonly list: string };

export type ClearFindingRefusal =
  | { readonly code: 'OVERLAP_UNKNOWN'; readonly id: string }
  | { readonly code: 'OVERLAP_CLEARED'; readonly id: string }
  | { readonly code: 'STEP_BY_SAME_PERSON'; readonly step: 'clear'; readonly before: 'import' }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string };

export type ReleaseExternalRefusal =
  | { readonly code: 'EXTERNAL_SCHEME_UNKNOWN'; readonly scheme: string }
  | { readonly code: 'EXTERNAL_LIST_TERMS_REFUSED'; readonly errors: readonly FieldFault[] }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: string; readonly expected: string };
