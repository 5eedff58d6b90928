import { invariant } from '@app/kernel';
import { LINKING_POST, VILLAGE_POST } from '../compensation.words';
import type { RosterLineState } from '../rosters/roster-line.store';
import type { RosterState } from '../rosters/roster.store';

/** Where a household's money is, in the words it reads. */
export const PAYMENT_STATES = {
  notice: { zh: '公示中', en: 'on public notice' },
  objected: { zh: '有异议，核实中', en: 'objected to, being looked into' },
  dismissed: { zh: '异议已核实，待补发', en: 'objection settled, waits for a supplementary roster' },
  excluded: { zh: '异议成立，不予发放', en: 'objection upheld, not paid' },
  review: { zh: '审核中', en: 'under review' },
  pending: { zh: '待发', en: 'to be paid' },
  'in-transit': { zh: '在途', en: 'at the bank' },
  paid: { zh: '已发', en: 'paid' },
  returned: { zh: '退回待处理', en: 'returned by the bank, to be handled' },
  stopped: { zh: '停发', en: 'stopped' },
} as const;

export type PaymentState = keyof typeof PAYMENT_STATES;

export interface LineStanding {
  readonly rosterState: RosterState;
  readonly lineState: RosterLineState;
  /** State of the payment line, once the roster is locked. */
  readonly paymentState: string | null;
  readonly nextPost: string | null;
}

const isPaymentState = (text: string): text is PaymentState => text in PAYMENT_STATES;

/** The line's own state comes first: an objected line waits, whatever the others of its roster do. */
export function paymentStateOf({ rosterState, lineState, paymentState }: LineStanding): PaymentState {
  invariant(lineState !== 'carried', 'a carried line is told by the roster it was carried to');
  if (lineState !== 'included') return lineState;
  if (paymentState === null) return rosterState === 'notice' ? 'notice' : 'review';
  invariant(isPaymentState(paymentState), `payment state ${paymentState} has words`);
  return paymentState;
}

/** Which post to ask, and whether it sits in the village, the roster's region or the county. */
export function whomToAsk(standing: LineStanding): {
  readonly post: string;
  readonly at: 'village' | 'region' | 'county';
} {
  const state = paymentStateOf(standing);
  if (state === 'notice' || state === 'excluded') return { post: VILLAGE_POST, at: 'village' };
  if (state === 'objected' || state === 'dismissed' || state === 'returned')
    return { post: 'town-finance', at: 'region' };
  if (state === 'review') {
    const post = standing.nextPost ?? LINKING_POST;
    return { post, at: post === VILLAGE_POST ? 'village' : 'region' };
  }
  return { post: 'payout-centre', at: 'county' };
}
