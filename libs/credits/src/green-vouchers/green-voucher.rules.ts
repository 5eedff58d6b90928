import { canonicalHash, printedNumbers } from '@app/kernel';

/** LP-XXXX-XXXX-XXXX-XXXX-C. */
export const VOUCHER_NUMBERS = printedNumbers('LP');

/** What a voucher says for good. */
export interface VoucherFacts {
  /** As it is stored. */
  readonly number: string;
  readonly parcelCode: string;
  /** Region code, twelve digits. */
  readonly village: string;
  readonly year: number;
  readonly forestClass: string;
  readonly method: string;
  /** Version of the set it was measured with. */
  readonly coefficientSet: string;
  readonly issuedAt: Date;
}

export const voucherHash = (book: number, facts: VoucherFacts): string =>
  canonicalHash({
    ...facts,
    book: String(book),
    year: String(facts.year),
    issuedAt: facts.issuedAt.toISOString(),
  });

/** Besides, on a voucher of a rehearsal book. */
export const REHEARSAL_SAYS = '【演练】本凭证出自演练账簿，不是真实的凭证。';

/** What stands on every voucher, in order. */
export const VOUCHER_SAYS = [
  '本凭证只记载地块、年度、类型和计量方法，不载碳汇量，不含价格，不作任何碳排放声明。',
  '本凭证不是CCER，不得据此声称产品、个人或组织“碳中和”“零排放”。',
] as const;
