import type { DecisionRefusal } from '../decision.rules';
import type { FieldFault } from '../fault.rules';

export type TransferState = 'proposed' | 'rejected' | 'sent' | 'confirmed' | 'failed' | 'returned';

export interface StatementFault {
  /** Counted from 1. */
  readonly row: number;
  readonly field: 'reference' | 'grams';
  readonly code: 'REFERENCE_REPEATED' | 'GRAMS_MALFORMED';
}

/** What the party lets go of, of this issuance, as it stands now. */
interface Insufficient {
  readonly code: 'CONSENTED_GRAMS_INSUFFICIENT';
  readonly available: bigint;
  readonly asked: bigint;
}

export type TransferRefusal =
  | { readonly code: 'PLATFORM_UNKNOWN'; readonly platform: string }
  | { readonly code: 'CUSTODY_REFUSED'; readonly errors: readonly FieldFault[] }
  | { readonly code: 'TRANSFER_REFERENCE_TAKEN'; readonly platform: string; readonly reference: string }
  | { readonly code: 'ISSUANCE_UNKNOWN'; readonly issuance: string }
  | { readonly code: 'SUPPLIER_UNKNOWN'; readonly party: string }
  | { readonly code: 'GRADE_IS_MEMORANDUM'; readonly issuance: string }
  /** Only what this book moved out comes back in: units of others are never made here. */
  | { readonly code: 'FOREIGN_UNITS_NEVER_MINTED'; readonly transfer: string }
  | {
      readonly code: 'TRANSFER_HAS_FEWER';
      readonly transfer: string;
      readonly available: bigint;
      readonly asked: bigint;
    }
  | Insufficient;

export type DecideTransferRefusal =
  | { readonly code: 'PROPOSAL_UNKNOWN'; readonly id: string }
  | { readonly code: 'TRANSFER_DECIDED'; readonly id: string; readonly state: TransferState }
  | Extract<DecisionRefusal, { code: 'STEP_BY_SAME_PERSON' }>
  | Extract<TransferRefusal, { code: 'TRANSFER_HAS_FEWER' | 'GRADE_IS_MEMORANDUM' }>
  | Insufficient;

export type StatementRefusal =
  | { readonly code: 'PLATFORM_UNKNOWN'; readonly platform: string }
  | { readonly code: 'CUSTODY_REFUSED'; readonly errors: readonly FieldFault[] }
  | {
      readonly code: 'CUSTODY_STATEMENT_REFUSED';
      readonly total: number;
      readonly errors: readonly StatementFault[];
    }
  | { readonly code: 'CUSTODY_STATEMENT_REPEATED'; readonly statement: string };

export type OpenPlatformRefusal =
  | { readonly code: 'PLATFORM_EXISTS'; readonly platform: string }
  | { readonly code: 'CUSTODY_REFUSED'; readonly errors: readonly FieldFault[] };

export type CustodyRefusal = TransferRefusal | DecideTransferRefusal | StatementRefusal | OpenPlatformRefusal;
