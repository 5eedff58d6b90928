import type { AgreementRefusal } from './agreements/agreement.refusals';
import type { UseRefusal } from './use/use.refusals';
import type { LienRefusal } from './liens/lien.refusals';
import type { AdjustmentRefusal } from './adjustment/adjustment.refusals';
import type { DraftRefusal } from './indicators/indicator.rules';
import type { YearEndRefusal } from './year-end/year-end.refusals';
import type { SourceRefusal } from './sources/source.refusals';

/** Everything this lib itself refuses; the ledger's own refusals pass through beside these. */
export type FundsRefusal =
  | DraftRefusal
  | SourceRefusal
  | AdjustmentRefusal
  | YearEndRefusal
  | LienRefusal
  | UseRefusal
  | AgreementRefusal
  | {
      readonly code: 'INDICATOR_INSUFFICIENT';
      readonly indicator: string;
      readonly available: bigint;
      readonly asked: bigint;
    }
  | {
      readonly code: 'NOT_ENOUGH_TO_RELEASE';
      readonly from: 'reserved' | 'stopped';
      readonly available: bigint;
      readonly asked: bigint;
    };
