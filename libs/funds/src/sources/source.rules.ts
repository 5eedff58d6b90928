import { refuse, type Day, type Refused } from '@app/kernel';
import { wrongDay, wrongText, type TextRefusal } from '../text.rules';

/** Where compensation money comes from: 中央, 省, 市, 县, 捐赠, 林地流转, 碳卡收入, 跨区协议. */
export const FUND_SOURCE_KINDS = [
  'central',
  'provincial',
  'city',
  'county',
  'donation',
  'transfer',
  'card-income',
  'cross-region',
] as const;
export type FundSourceKind = (typeof FUND_SOURCE_KINDS)[number];

/** What a source is called from a day on, and the document that says so. */
export interface SourceName {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly from: Day;
  readonly documentNo: string;
}

export interface SourceDraft extends SourceName {
  readonly code: string;
  readonly kind: FundSourceKind;
}

const CODE = /^[a-z0-9-]{1,40}$/;

export const isSourceCode = (code: string): boolean => CODE.test(code);

export const wrongName = ({
  nameZh,
  nameEn,
  from,
  documentNo,
}: SourceName): Refused<TextRefusal> | undefined =>
  wrongText({ nameZh, nameEn, documentNo }) ?? wrongDay({ from });

export const wrongSource = (draft: SourceDraft): Refused<TextRefusal> | undefined =>
  isSourceCode(draft.code)
    ? wrongName(draft)
    : refuse({ code: 'FUNDS_FIELD_WRONG', field: 'code', expected: CODE.source });
