import { refuse, type Day, type Refused } from '@app/kernel';
import { wrongDay, wrongText } from '../text.rules';
import type { LienRefusal } from './lien.refusals';

/** A pledge as its papers state it. */
export interface LienDraft {
  /** 公益林补偿收益权证明 */
  readonly certificateNo: string;
  readonly party: string;
  /** Code of the programme whose income is pledged. */
  readonly programme: string;
  readonly lender: string;
  /** What was lent on it. */
  readonly amountFen: bigint;
  readonly from: Day;
  /** The last day, inclusive. */
  readonly to: Day;
  /** 动产融资统一登记公示系统 */
  readonly registrationNo: string;
  /** The pledge contract. */
  readonly documentNo: string;
  /** Where the income goes meanwhile. */
  readonly account: { readonly bank: string; readonly number: string };
}

const YEARS_MAX = 30;
const AMOUNT_MAX_FEN = 999_999_999_999_999n;

const FIELDS: readonly (readonly [string, string, (draft: LienDraft) => boolean])[] = [
  ['programme', '^[a-z0-9-]{1,40}$', ({ programme }) => /^[a-z0-9-]{1,40}$/.test(programme)],
  ['account.bank', '^[A-Z0-9-]{1,20}$', ({ account }) => /^[A-Z0-9-]{1,20}$/.test(account.bank)],
  ['account.number', '8 to 30 digits', ({ account }) => /^\d{8,30}$/.test(account.number)],
  ['to', 'not before the first day', ({ from, to }) => to >= from],
  [
    'to',
    `at most ${YEARS_MAX} years after the first day`,
    ({ from, to }) => Number(to.slice(0, 4)) - Number(from.slice(0, 4)) <= YEARS_MAX,
  ],
  ['amountFen', `at most ${AMOUNT_MAX_FEN}`, ({ amountFen }) => amountFen <= AMOUNT_MAX_FEN],
];

/** What is wrong with a draft; undefined when nothing is. */
export function wrongLien(draft: LienDraft): Refused<LienRefusal> | undefined {
  const { certificateNo, lender, registrationNo, documentNo, from, to, amountFen } = draft;
  const wrong = wrongText({ certificateNo, lender, registrationNo, documentNo }) ?? wrongDay({ from, to });
  if (wrong) return wrong;
  if (amountFen <= 0n) return refuse({ code: 'AMOUNT_NOT_POSITIVE', amountFen });
  const broken = FIELDS.find(([, , holds]) => !holds(draft));
  return broken && refuse({ code: 'FUNDS_FIELD_WRONG', field: broken[0], expected: broken[1] });
}
