import { holdsIdOrPhone, isDay, ok, refuse, type Day, type Result } from '@app/kernel';
import { isSourceCode } from '../sources/source.rules';

/** When in the budget year it was allotted (来源): 提前下达, 年初, 追加, 结转. Whose money it is says `fundSource`. */
export const SOURCE_KINDS = ['advance', 'initial', 'supplement', 'carry-over'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** A budget indicator (预算指标) as its document states it (rules.md 6). */
export interface IndicatorDraft {
  /** 指标文号 */
  readonly docNo: string;
  /** 年度 */
  readonly year: number;
  readonly sourceKind: SourceKind;
  /** 资金来源: the code of one of the book's sources. */
  readonly fundSource: string;
  /** 项目代码 */
  readonly projectCode: string;
  /** 功能科目, 7 digits: 2110602 … */
  readonly functionItem: string;
  /** 部门经济科目, 3 or 5 digits */
  readonly economicItem: string;
  /** 政府经济科目, 3 or 5 digits, where the document names one */
  readonly governmentEconomicItem?: string | undefined;
  /** 资金性质 */
  readonly fundNature: string;
  /** 预算单位 */
  readonly budgetUnit: string;
  /** 直达标志 */
  readonly direct: boolean;
  readonly amountFen: bigint;
  /** The day it reached the county; the idle clock starts here. */
  readonly arrivedOn: Day;
}

export type DraftRefusal =
  | { readonly code: 'AMOUNT_NOT_POSITIVE'; readonly amountFen: bigint }
  | { readonly code: 'INDICATOR_FIELD_WRONG'; readonly field: string; readonly expected: string };

const FUNCTION_ITEM = /^\d{3}(\d{2}(\d{2})?)?$/;
const ECONOMIC_ITEM = /^\d{3}(\d{2})?$/;
const CODE = /^[A-Za-z0-9._-]{1,64}$/;
const isName = (text: string): boolean =>
  text.trim().length > 0 && text.length <= 200 && !holdsIdOrPhone(text);

interface FieldRule {
  readonly field: keyof IndicatorDraft;
  readonly expected: string;
  readonly holds: (draft: IndicatorDraft) => boolean;
}

const RULES: readonly FieldRule[] = [
  { field: 'docNo', expected: '1 to 200 characters', holds: ({ docNo }) => isName(docNo) },
  { field: 'year', expected: '2000 to 2100', holds: ({ year }) => year >= 2000 && year <= 2100 },
  {
    field: 'fundSource',
    expected: 'the code of a source',
    holds: ({ fundSource }) => isSourceCode(fundSource),
  },
  { field: 'projectCode', expected: CODE.source, holds: ({ projectCode }) => CODE.test(projectCode) },
  {
    field: 'functionItem',
    expected: '3, 5 or 7 digits',
    holds: ({ functionItem }) => FUNCTION_ITEM.test(functionItem),
  },
  {
    field: 'economicItem',
    expected: '3 or 5 digits',
    holds: ({ economicItem }) => ECONOMIC_ITEM.test(economicItem),
  },
  {
    field: 'governmentEconomicItem',
    expected: '3 or 5 digits, or none',
    holds: ({ governmentEconomicItem: item }) => item === undefined || ECONOMIC_ITEM.test(item),
  },
  { field: 'fundNature', expected: '1 to 200 characters', holds: ({ fundNature }) => isName(fundNature) },
  { field: 'budgetUnit', expected: '1 to 200 characters', holds: ({ budgetUnit }) => isName(budgetUnit) },
  { field: 'arrivedOn', expected: 'a day, YYYY-MM-DD', holds: ({ arrivedOn }) => isDay(arrivedOn) },
];

/** Checks what the document must state. Names the first field that is wrong and what would be right. */
export function checkDraft(draft: IndicatorDraft): Result<IndicatorDraft, DraftRefusal> {
  if (draft.amountFen <= 0n) return refuse({ code: 'AMOUNT_NOT_POSITIVE', amountFen: draft.amountFen });
  const broken = RULES.find((rule) => !rule.holds(draft));
  if (broken) {
    return refuse({ code: 'INDICATOR_FIELD_WRONG', field: broken.field, expected: broken.expected });
  }
  return ok(draft);
}
