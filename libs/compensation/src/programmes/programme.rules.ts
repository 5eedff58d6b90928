import { isDay, type Day } from '@app/kernel';
import { FOREST_CLASSES, RIGHT_KINDS, TENURES } from '@app/registry';
import {
  DEDUCTION_KINDS,
  LEVELS,
  LINKING_POST,
  NOTICE_DAY_KINDS,
  VILLAGE_POST,
  type Level,
} from '../compensation.words';
import { RULE_KINDS, type RuleKind } from '../entitlements/entitlement.words';
import { wrongSettings, type Settings } from '../entitlements/settings.rules';
import type { NoticeDayKind } from '../notice/notice.rules';

export interface ProgrammeDraft {
  /** `[a-z0-9-]{1,40}`: begins the numbers of its rosters. */
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** How it reckons; by area when left out. */
  readonly ruleKind?: RuleKind | undefined;
  /** What the kind goes by; an area programme has none. */
  readonly settings?: Settings | undefined;
  /** In order: of a parcel the rights of the first kind it has are paid. */
  readonly rightKinds: readonly string[];
  readonly noticeDays: number;
  readonly noticeDayKind: NoticeDayKind;
  /** In order; `finance-review` among them, `village-clerk` first or not at all. */
  readonly posts: readonly string[];
  /** Between which multipliers quality moves what a mu pays, in millionths; it does not when left out. */
  readonly quality?: { readonly minPpm: bigint; readonly maxPpm: bigint } | undefined;
}

/** What is taken off a holder's money (扣除), by its own document. */
export interface Deduction {
  readonly kind: string;
  readonly fenPerMu: bigint;
  readonly documentNo: string;
}

export interface StandardDraft {
  readonly programme: string;
  readonly level: Level;
  readonly tenure: (typeof TENURES)[number];
  /** For every forest class and every management grade (管护等级 1–4) when left out. */
  readonly forestClass?: (typeof FOREST_CLASSES)[number] | undefined;
  readonly managementGrade?: number | undefined;
  readonly deduction?: Deduction | undefined;
  readonly payableFenPerMu: bigint;
  readonly publicManagementFenPerMu: bigint;
  readonly validFrom: Day;
  /** The last day; open when left out. */
  readonly validUntil?: Day | undefined;
  readonly documentNo: string;
}

export interface FieldWrong {
  readonly code: 'PROGRAMME_FIELD_WRONG';
  readonly field: string;
  readonly expected: string;
}

interface DeductionUndefined {
  readonly code: 'DEDUCTION_UNDEFINED';
  readonly kind: string;
  readonly defined: readonly string[];
}

interface Rule<Draft> {
  readonly field: keyof Draft & string;
  readonly expected: string;
  readonly holds: (draft: Draft) => boolean;
}

const kindOf = ({ ruleKind }: Pick<ProgrammeDraft, 'ruleKind'>): RuleKind => ruleKind ?? 'area';

const CODE = /^[a-z0-9-]{1,40}$/;
const RATE_MAX_FEN = 10_000_000n;
const DEDUCTION_MAX_FEN = 200n;
const isWithin = (value: bigint, least: bigint, most: bigint): boolean => value >= least && value <= most;
const isName = (text: string): boolean => text.trim() !== '' && text.length <= 200;
const isList = (items: readonly string[], most: number): boolean =>
  items.length > 0 && items.length <= most && new Set(items).size === items.length;

const PROGRAMME_RULES: readonly Rule<ProgrammeDraft>[] = [
  { field: 'code', expected: CODE.source, holds: ({ code }) => CODE.test(code) },
  { field: 'nameZh', expected: '1 to 200 characters', holds: ({ nameZh }) => isName(nameZh) },
  { field: 'nameEn', expected: '1 to 200 characters', holds: ({ nameEn }) => isName(nameEn) },
  {
    field: 'rightKinds',
    expected: `each once of: ${RIGHT_KINDS.join(', ')}`,
    holds: ({ rightKinds }) =>
      isList(rightKinds, RIGHT_KINDS.length) &&
      rightKinds.every((kind) => (RIGHT_KINDS as readonly string[]).includes(kind)),
  },
  {
    field: 'noticeDays',
    expected: '1 to 60',
    holds: ({ noticeDays: days }) => Number.isInteger(days) && days >= 1 && days <= 60,
  },
  {
    field: 'noticeDayKind',
    expected: NOTICE_DAY_KINDS.join(' or '),
    holds: ({ noticeDayKind }) => NOTICE_DAY_KINDS.includes(noticeDayKind),
  },
  {
    field: 'posts',
    expected: `2 to 12 posts, each once, ${LINKING_POST} among them, ${VILLAGE_POST} first or not at all`,
    holds: ({ posts }) =>
      isList(posts, 12) &&
      posts.length >= 2 &&
      posts.includes(LINKING_POST) &&
      posts.indexOf(VILLAGE_POST) <= 0,
  },
  {
    field: 'ruleKind',
    expected: RULE_KINDS.join(', '),
    holds: (draft) => RULE_KINDS.includes(kindOf(draft)),
  },
  {
    field: 'quality',
    expected: 'of an area programme: minPpm 800000 to 1000000, maxPpm 1000000 to 1200000',
    holds: ({ quality, ruleKind }) =>
      quality === undefined ||
      ((ruleKind ?? 'area') === 'area' &&
        isWithin(quality.minPpm, 800_000n, 1_000_000n) &&
        isWithin(quality.maxPpm, 1_000_000n, 1_200_000n)),
  },
];

const STANDARD_RULES: readonly Rule<StandardDraft>[] = [
  { field: 'level', expected: LEVELS.join(' or '), holds: ({ level }) => LEVELS.includes(level) },
  { field: 'tenure', expected: TENURES.join(', '), holds: ({ tenure }) => TENURES.includes(tenure) },
  {
    field: 'forestClass',
    expected: `one of ${FOREST_CLASSES.join(', ')}, or none`,
    holds: ({ forestClass }) => forestClass === undefined || FOREST_CLASSES.includes(forestClass),
  },
  {
    field: 'managementGrade',
    expected: '1 to 4, or none',
    holds: ({ managementGrade: grade }) =>
      grade === undefined || (Number.isInteger(grade) && grade >= 1 && grade <= 4),
  },
  {
    field: 'payableFenPerMu',
    expected: '1 to 10000000 fen',
    holds: ({ payableFenPerMu: rate }) => rate >= 1n && rate <= RATE_MAX_FEN,
  },
  {
    field: 'publicManagementFenPerMu',
    expected: '0 to 10000000 fen',
    holds: ({ publicManagementFenPerMu: rate }) => rate >= 0n && rate <= RATE_MAX_FEN,
  },
  { field: 'validFrom', expected: 'a day, YYYY-MM-DD', holds: ({ validFrom }) => isDay(validFrom) },
  {
    field: 'validUntil',
    expected: 'a day not before validFrom, or none',
    holds: ({ validFrom, validUntil }) =>
      validUntil === undefined || (isDay(validUntil) && validUntil >= validFrom),
  },
  { field: 'documentNo', expected: '1 to 200 characters', holds: ({ documentNo }) => isName(documentNo) },
  {
    field: 'deduction',
    expected: `1 to ${DEDUCTION_MAX_FEN} fen and less than what is payable, by a document of its own`,
    holds: ({ deduction, payableFenPerMu }) =>
      deduction === undefined ||
      (isWithin(deduction.fenPerMu, 1n, DEDUCTION_MAX_FEN) &&
        deduction.fenPerMu < payableFenPerMu &&
        isName(deduction.documentNo)),
  },
];

function firstWrong<Draft>(draft: Draft, rules: readonly Rule<Draft>[]): FieldWrong | undefined {
  const broken = rules.find((rule) => !rule.holds(draft));
  return broken && { code: 'PROGRAMME_FIELD_WRONG', field: broken.field, expected: broken.expected };
}

/** The first field that is wrong and what would be right. */
export function checkProgramme(draft: ProgrammeDraft): FieldWrong | undefined {
  const wrong = firstWrong(draft, PROGRAMME_RULES);
  if (wrong) return wrong;
  const expected = wrongSettings(kindOf(draft), draft.settings ?? {});
  return expected === undefined ? undefined : { code: 'PROGRAMME_FIELD_WRONG', field: 'settings', expected };
}

/** A deduction that the list does not name, or the first field that is wrong and what would be right. */
export function checkStandard(draft: StandardDraft): FieldWrong | DeductionUndefined | undefined {
  const kind = draft.deduction?.kind;
  if (kind !== undefined && !(DEDUCTION_KINDS as readonly string[]).includes(kind)) {
    return { code: 'DEDUCTION_UNDEFINED', kind: kind.slice(0, 64), defined: DEDUCTION_KINDS };
  }
  return firstWrong(draft, STANDARD_RULES);
}
