import type { Day } from '@app/kernel';
import type { DecisionRefusal } from '../decision.rules';
import type { FieldFault } from '../fault.rules';
import type { ProjectState } from './project.rules';

/** Land that somebody else holds for some of the days. */
export interface HeldLand {
  readonly landUnit: string;
  readonly from: Day;
  readonly to: Day;
  /** `county-ledger`, `ccer:<project>` or `external:<registry>/<project>`. */
  readonly scheme: string;
}

export interface LandFault {
  /** Counted from 1. */
  readonly row: number;
  readonly parcel: string;
  readonly code: 'PARCEL_UNKNOWN' | 'PARCEL_REPEATED';
}

export type OpenProjectRefusal =
  | { readonly code: 'PROJECT_EXISTS'; readonly project: string }
  /** Households and persons own no such project; it must be a party of this book. */
  | { readonly code: 'PROJECT_OWNER_WRONG'; readonly owner: string };

export type ProjectLandRefusal =
  | { readonly code: 'PROJECT_UNKNOWN'; readonly project: string }
  | { readonly code: 'PROJECT_LAND_FIXED'; readonly project: string; readonly state: ProjectState }
  | { readonly code: 'PROJECT_LAND_REFUSED'; readonly total: number; readonly errors: readonly LandFault[] };

export type ProjectStepRefusal =
  | { readonly code: 'PROJECT_UNKNOWN'; readonly project: string }
  | { readonly code: 'PROJECT_STEP_OPEN'; readonly project: string; readonly step: string }
  | { readonly code: 'PROJECT_STEP_REFUSED'; readonly errors: readonly FieldFault[] }
  | { readonly code: 'NATIONAL_UNITS_KNOWN'; readonly block: string }
  /** `total` pieces of land and days that are held already; the first ones are named. */
  | { readonly code: 'PROJECT_LAND_HELD'; readonly total: number; readonly land: readonly HeldLand[] };

export type MirrorRefusal =
  | { readonly code: 'PROJECT_UNKNOWN'; readonly project: string }
  | { readonly code: 'MIRROR_REFUSED'; readonly errors: readonly FieldFault[] }
  | { readonly code: 'NATIONAL_UNITS_UNKNOWN'; readonly block: string }
  | { readonly code: 'NATIONAL_UNITS_GONE'; readonly block: string };

export type ProjectRefusal =
  OpenProjectRefusal | ProjectLandRefusal | ProjectStepRefusal | MirrorRefusal | DecisionRefusal;
