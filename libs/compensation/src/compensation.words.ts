/** Levels of public-welfare forest that are paid for; tenures as the registry names them. */
export const LEVELS = ['national', 'provincial'] as const;
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
