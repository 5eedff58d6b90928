/** Levels of public-welfare forest (事权等级) that a standard can be for: those of the registry but `none`. */
export const LEVELS = ['national', 'provincial', 'prefecture', 'county'] as const;
export type Level = (typeof LEVELS)[number];

export const NOTICE_DAY_KINDS = ['working', 'calendar'] as const;

/** Who makes a roster and puts it on notice. */
export const MAKERS = ['village-clerk', 'forestry-handler'] as const;

/** Who ends a notice. */
export const NOTICE_KEEPERS = [...MAKERS, 'town-finance'] as const;

/** Who decides about objections: never the roster's maker. */
export const SETTLERS = ['town-finance', 'forestry-handler', 'forestry-reviewer'] as const;

/** Who sets up programmes and their standards. */
export const PROGRAMME_KEEPERS = ['forestry-handler', 'administrator'] as const;

/** What may be taken off a holder's money, ever (管护费扣除): rangers, by a document. */
export const DEDUCTION_KINDS = ['ranger'] as const;
export type DeductionKind = (typeof DEDUCTION_KINDS)[number];

/** What an index may be made of (指数化变量), each by a document. */
export const INDEX_VARIABLES = [
  'cpi',
  'fiscal-revenue',
  'rural-income',
  'labour-cost',
  'forest-quality',
] as const;
export type IndexVariableName = (typeof INDEX_VARIABLES)[number];

/** Kinds of fund sources (资金来源) that are no public money: all that an operator's debt may be paid from. */
export const NOT_PUBLIC_SOURCES = ['donation', 'transfer', 'card-income'] as const;

/** Who decides what others proposed about programmes: never the proposer. */
export const DECIDERS = ['forestry-reviewer', 'finance-review'] as const;

/** The step that confirms village by village. */
export const VILLAGE_POST = 'village-clerk';

/** The step that links the roster to its indicator (指标挂接). */
export const LINKING_POST = 'finance-review';

/** 村经办 → 镇财政所 → 林业局经办 → 林业局复核 → 财政局业务股: what a programme has when it names no posts. */
export const USUAL_POSTS = [
  VILLAGE_POST,
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  LINKING_POST,
] as const;

/** Whoever works the land by contract comes before whoever let it. */
export const USUAL_RIGHT_KINDS = ['management', 'contract', 'tree-ownership', 'land-ownership'] as const;

/** Texts that people write: reasons and notes. */
export const TEXT_MAX = 500;
