import type { Day } from '@app/kernel';

/** One thing to mend in an order about who is paid. */
export interface PayeeFault {
  readonly field: string;
  readonly value: string | null;
  readonly code:
    | 'PARTY_UNKNOWN'
    | 'PARTY_CLOSED'
    | 'PAYEE_IS_HOLDER'
    | 'PAYEE_HAS_PAYEE'
    | 'PAYEE_REASON_MISSING'
    | 'PAYEE_TERM_WRONG'
    | 'PERSONAL_NUMBER_IN_TEXT';
  readonly expected: { readonly zh: string; readonly en: string };
}

export type ProposePayeeOrderRefusal =
  /** There is none with this number that the caller may see: the two are not told apart. */
  | { readonly code: 'PARTY_UNKNOWN'; readonly party: string }
  | { readonly code: 'PAYEE_REFUSED'; readonly errors: readonly PayeeFault[] }
  /** This is who is paid already. */
  | { readonly code: 'PAYEE_UNCHANGED'; readonly party: string };

export type DecidePayeeOrderRefusal =
  | { readonly code: 'PAYEE_ORDER_UNKNOWN'; readonly order: string }
  | { readonly code: 'PAYEE_ORDER_DECIDED'; readonly order: string; readonly state: string }
  | { readonly code: 'PAYEE_ORDER_BY_SAME_PERSON'; readonly order: string }
  | { readonly code: 'PAYEE_ORDER_TOO_EARLY'; readonly day: Day; readonly today: Day }
  | { readonly code: 'PAYEE_ORDER_OVER'; readonly to: Day; readonly today: Day }
  /** Somebody else changed who is paid, or one of the two is no more: this is so now. */
  | {
      readonly code: 'PAYEE_CHANGED_MEANWHILE';
      readonly party: string;
      readonly payee: string | null;
      readonly closed: readonly string[];
    };
