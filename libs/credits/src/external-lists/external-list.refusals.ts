import type { ImportError, ImportErrorCode } from '@app/registry';
import type { FieldFault } from '../fault.rules';

export type ExternalListRefusal =
  /** `total` faults; the first 200 by row are told, and how many there are of each code. Nothing was taken in. */
  | {
      readonly code: 'EXTERNAL_LIST_REFUSED';
      readonly total: number;
      readonly codes: readonly { readonly code: ImportErrorCode; readonly rows: number }[];
      readonly errors: readonly ImportError[];
    }
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
