import { randomBytes } from 'node:crypto';

import { hashPassword } from '@app/identity';
import type { ApiClient } from './api-client';
import { eachOf } from './api-client';
import type { DemoBook } from './demo-book';

/** One sign-in a post: nobody takes two steps on one batch. */
const POSTS = {
  villageClerk: 'village-clerk',
  townFinance: 'town-finance',
  forestryHandler: 'forestry-handler',
  forestryReviewer: 'forestry-reviewer',
  financeReview: 'finance-review',
  payoutCentre: 'payout-centre',
  creditRegistrar: 'credit-registrar',
  cardOperator: 'card-operator',
  indicatorKeeper: 'indicator-keeper',
  administrator: 'administrator',
} as const;

export type Staff = Readonly<Record<keyof typeof POSTS, ApiClient>>;

const NAMES: Readonly<Record<keyof typeof POSTS, string>> = {
  villageClerk: '村经办(演练)',
  townFinance: '镇财政所复核(演练)',
  forestryHandler: '林业局经办(演练)',
  forestryReviewer: '林业局复核(演练)',
  financeReview: '财政局业务股审核(演练)',
  payoutCentre: '兑付中心(演练)',
  creditRegistrar: '碳汇登记(演练)',
  cardOperator: '认购运营(演练)',
  indicatorKeeper: '指标管理(演练)',
  administrator: '系统管理(演练)',
};

export interface SignIn {
  readonly post: string;
  readonly login: string;
  readonly password: string;
}

/** Names the rehearsal's staff through the demo role and signs each of them in. */
export async function appointStaff(
  book: DemoBook,
  county: string,
  anonymous: ApiClient,
): Promise<{ staff: Staff; signIns: SignIn[] }> {
  const password = randomBytes(9).toString('base64url');
  const hash = await hashPassword(password);
  const keys = Object.keys(POSTS) as (keyof typeof POSTS)[];
  const clients = await eachOf(keys, 2, async (key) => {
    const login = `${book.code}.${POSTS[key]}`;
    await book.query('SELECT identity.demo_staff($1, $2, $3, $4, $5, $6)', [
      book.id,
      login,
      hash,
      NAMES[key],
      POSTS[key],
      county,
    ]);
    return [key, await anonymous.signIn(login, password)] as const;
  });
  return {
    staff: Object.fromEntries(clients) as unknown as Staff,
    signIns: keys.map((key) => ({ post: POSTS[key], login: `${book.code}.${POSTS[key]}`, password })),
  };
}
