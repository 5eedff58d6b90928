import type { Day } from '@app/kernel';
import type { Expected, ImportErrorCode } from '../import/import-error';

export type PartyFaultCode =
  | ImportErrorCode
  /** The event does not ask for this field. */
  | 'FIELD_NOT_WANTED'
  | 'DAY_TOO_EARLY'
  | 'PARTY_CLOSED'
  | 'PARTY_KIND_WRONG'
  | 'PARTY_HAS_PAYEE'
  | 'RECEIVER_WRONG'
  | 'RIGHT_NOT_HELD'
  | 'SHARES_OVER_HELD'
  | 'SHARES_END_APART'
  | 'RIGHTS_CHANGE_LATER';

/** One thing to mend in an order about a party. Personal numbers are not repeated. */
export interface PartyOrderFault {
  /** Of the moves, counted from 1; null for the order itself. */
  readonly row: number | null;
  readonly field: string;
  readonly value: string | null;
  readonly code: PartyFaultCode;
  readonly expected: Expected;
}

export type ProposePartyOrderRefusal =
  /** There is none with this number that the caller may see: the two are not told apart. */
  | { readonly code: 'PARTY_UNKNOWN'; readonly party: string }
  | { readonly code: 'PARTY_ORDER_REFUSED'; readonly errors: readonly PartyOrderFault[] }
  | { readonly code: 'PARTY_UNCHANGED'; readonly party: string };

export type DecidePartyOrderRefusal =
  | { readonly code: 'PARTY_ORDER_UNKNOWN'; readonly order: string }
  | { readonly code: 'PARTY_ORDER_DECIDED'; readonly order: string; readonly state: string }
  | { readonly code: 'PARTY_ORDER_BY_SAME_PERSON'; readonly order: string }
  /** Parcels whose rights move lie where the deciding person has no say. */
  | { readonly code: 'PARTY_ORDER_OUTSIDE_REGION'; readonly parcels: readonly string[] }
  | { readonly code: 'PARTY_ORDER_TOO_EARLY'; readonly day: Day; readonly today: Day }
  /** Somebody else changed them since: parties by external number, parcels by code. */
  | {
      readonly code: 'PARTY_CHANGED_MEANWHILE';
      readonly parties: readonly string[];
      readonly parcels: readonly string[];
    };
