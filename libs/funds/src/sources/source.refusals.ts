import type { Day } from '@app/kernel';
import type { TextRefusal } from '../text.rules';

export type SourceRefusal =
  | TextRefusal
  | { readonly code: 'FUND_SOURCE_UNKNOWN'; readonly fundSource: string }
  | { readonly code: 'FUND_SOURCE_EXISTS'; readonly fundSource: string }
  /** A name, or a limit, that holds already from this day on or later: what was decided for a day stays. */
  | { readonly code: 'ALREADY_IN_FORCE'; readonly from: Day; readonly documentNo: string };
