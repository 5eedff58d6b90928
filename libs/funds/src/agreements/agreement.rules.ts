import { refuse, type Day, type Refused } from '@app/kernel';
import { wrongDay, wrongText } from '../text.rules';
import type { AgreementRefusal } from './agreement.refusals';

/** What one region gives another besides money: 对口协作, 园区共建, 人才培训, 产业转移. */
export const BENEFIT_KINDS = ['pairing', 'park', 'training', 'industry', 'other'] as const;
export type BenefitKind = (typeof BENEFIT_KINDS)[number];

export interface AgreementTerms {
  readonly agreementNo: string;
  readonly purpose: string;
  /** All money that may be remitted under it. */
  readonly amountFen: bigint;
  readonly from: Day;
  /** The last day, inclusive. */
  readonly to: Day;
}

const AMOUNT_MAX_FEN = 999_999_999_999_999n;

export function wrongAmount(field: string, fen: bigint): Refused<AgreementRefusal> | undefined {
  if (fen <= 0n) return refuse({ code: 'AMOUNT_NOT_POSITIVE', amountFen: fen });
  if (fen <= AMOUNT_MAX_FEN) return undefined;
  return refuse({ code: 'FUNDS_FIELD_WRONG', field, expected: `at most ${AMOUNT_MAX_FEN}` });
}

export function wrongTerms(terms: AgreementTerms): Refused<AgreementRefusal> | undefined {
  const { agreementNo, purpose, amountFen, from, to } = terms;
  const wrong =
    wrongText({ agreementNo, purpose }) ?? wrongDay({ from, to }) ?? wrongAmount('amountFen', amountFen);
  if (wrong) return wrong;
  if (to >= from) return undefined;
  return refuse({ code: 'FUNDS_FIELD_WRONG', field: 'to', expected: 'not before the first day' });
}
