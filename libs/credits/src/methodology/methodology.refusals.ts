import type { Day } from '@app/kernel';
import type { SetState } from './coefficient-set.store';
import type { CoefficientFault } from './coefficients.rules';
import type { StockFault } from './stock-set.rules';

export type ProposeRefusal =
  | { readonly code: 'DAY_WRONG'; readonly field: 'validFrom'; readonly value: string }
  /** `total` faults; the first ones are told. */
  | {
      readonly code: 'COEFFICIENTS_REFUSED';
      readonly total: number;
      readonly errors: readonly (CoefficientFault | StockFault)[];
    }
  | { readonly code: 'COEFFICIENT_VERSION_TAKEN'; readonly version: string };

export type DecideRefusal =
  | { readonly code: 'COEFFICIENTS_UNKNOWN'; readonly version: string }
  | { readonly code: 'COEFFICIENTS_DECIDED'; readonly version: string; readonly state: SetState }
  | { readonly code: 'STEP_BY_SAME_PERSON'; readonly step: 'decide'; readonly before: 'propose' }
  /** Two sets from one day would leave open which one counts. */
  | {
      readonly code: 'COEFFICIENTS_SAME_DAY';
      readonly version: string;
      readonly other: string;
      readonly validFrom: Day;
    };
