import type {
  LandOrder,
  ParcelOrder,
  PartyOrder,
  PayeeOrder,
  Reversal,
  RightOrder,
  Said,
} from '../api/registry-types';

export type OrderKind = 'right' | 'parcel' | 'land' | 'party' | 'payee' | 'reversal';

/** What waits for a decision, whatever it changes. */
export interface InboxOrder {
  readonly kind: OrderKind;
  readonly id: string;
  /** Why or what happens: a key of the words of its kind. */
  readonly reason: string | null;
  /** From which day it holds, or on which it happened. */
  readonly day: string;
  /** Before → after, as the server says it; a reversal is told by its effect. */
  readonly summaries: readonly Said[];
  readonly document: string | null;
  readonly evidence: string;
  readonly evidenceSha256: string | null;
  readonly proposedBy: string;
  readonly proposedAt: string;
  /** Parcels of a reversal. */
  readonly parcels?: number;
  /** The year that was credited too much. */
  readonly year?: number | null;
}

interface Inbox {
  readonly kind: OrderKind;
  readonly route: string;
  readonly readers: readonly string[];
  readonly deciders: readonly string[];
}

const FORESTRY = ['forestry-handler', 'forestry-reviewer', 'town-finance', 'credit-registrar', 'auditor'];

/** Where orders are read, by whom, and who decides them: the server asks for the same posts. */
export const INBOXES: readonly Inbox[] = [
  { kind: 'right', route: 'right-orders', readers: FORESTRY, deciders: ['forestry-reviewer'] },
  { kind: 'parcel', route: 'parcel-orders', readers: FORESTRY, deciders: ['forestry-reviewer'] },
  { kind: 'land', route: 'land-orders', readers: FORESTRY, deciders: ['forestry-reviewer'] },
  {
    ...{ kind: 'party', route: 'party-orders', deciders: ['forestry-reviewer'] },
    readers: [...FORESTRY, 'village-clerk'],
  },
  {
    ...{ kind: 'payee', route: 'payee-orders', deciders: ['town-finance'] },
    readers: [
      ...['village-clerk', 'forestry-handler', 'town-finance', 'forestry-reviewer'],
      ...['finance-review', 'payout-centre', 'auditor'],
    ],
  },
  {
    ...{ kind: 'reversal', route: 'reversals', deciders: ['forestry-reviewer', 'credit-registrar'] },
    readers: [...FORESTRY, 'village-clerk'],
  },
];

export type Waiting = RightOrder | ParcelOrder | LandOrder | PartyOrder | PayeeOrder | Reversal;

/** Orders of all kinds in one shape. */
export function inboxOrder(kind: OrderKind, order: Waiting): InboxOrder {
  const { id, evidence, proposedBy, proposedAt } = order;
  const moves = 'moves' in order ? order.moves.map(({ summary }) => summary) : [];
  return {
    ...{ kind, id, evidence, proposedBy, proposedAt },
    reason: reasonOf(order),
    day: 'from' in order ? order.from : order.day,
    summaries: 'summary' in order ? [order.summary, ...moves] : [],
    document: documentOf(order),
    evidenceSha256: 'evidenceSha256' in order ? order.evidenceSha256 : null,
    ...('parcels' in order && { parcels: order.parcels, year: order.year }),
  };
}

function reasonOf(order: Waiting): string | null {
  if ('reason' in order) return order.reason;
  return 'event' in order ? order.event : order.kind;
}

function documentOf(order: Waiting): string | null {
  if ('documentNo' in order) return order.documentNo;
  return 'surveyNo' in order ? order.surveyNo : null;
}

/** The longest waiting first. */
export const oldestFirst = (orders: readonly InboxOrder[]): InboxOrder[] =>
  [...orders].sort((one, other) => one.proposedAt.localeCompare(other.proposedAt));
