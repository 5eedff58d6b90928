import { isDay, type Day } from '@app/kernel';
import { FOREST_CLASSES } from '@app/registry';

/** 公示天数, 缓冲量退还年限, 不确定性扣减, 计量方法. */
export const RULE_KINDS = [
  'comment-days',
  'buffer-return',
  'uncertainty-discount',
  'measuring-method',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** Above this half-width of the 90 % interval, as a part of the mean, so much is taken off. */
export interface DiscountStep {
  readonly aboveHalfWidthPpm: string;
  readonly discountPpm: string;
}

/** What a rule says, by its kind, as it is stored. */
export interface RuleValues {
  readonly 'comment-days': { readonly days: number };
  readonly 'buffer-return': { readonly years: number };
  readonly 'uncertainty-discount': { readonly steps: readonly DiscountStep[] };
  readonly 'measuring-method': { readonly stockChangeClasses: readonly string[] };
}
export type RuleValue = RuleValues[RuleKind];

/** A rule as somebody writes it: the member of its kind, and no other. */
export interface RuleDraft {
  readonly kind: RuleKind;
  readonly validFrom: string;
  readonly days?: number;
  readonly years?: number;
  readonly steps?: readonly DiscountStep[];
  readonly stockChangeClasses?: readonly string[];
}

export interface RuleFault {
  readonly field: 'validFrom' | 'days' | 'years' | 'steps' | 'stockChangeClasses';
  /** Counted from 1; absent for what is no list. */
  readonly row?: number;
  readonly value: string;
  readonly expected: string;
}

const FIELD = {
  'comment-days': 'days',
  'buffer-return': 'years',
  'uncertainty-discount': 'steps',
  'measuring-method': 'stockChangeClasses',
} as const;
const MEMBERS = Object.values(FIELD);

const DAYS_MAX = 90;
const YEARS_MAX = 100;
export const WHOLE_PPM = 1_000_000n;

/** Which method measures a past year may be decided after it: nothing of it is measured twice. The rest begins today at the earliest. */
export const mayBeginBefore = (kind: RuleKind): boolean => kind === 'measuring-method';

/** All that is wrong with a rule, in one pass. */
export function ruleFaults(draft: RuleDraft, today: Day): RuleFault[] {
  const wanted = FIELD[draft.kind];
  const day = dayFaults(draft, today);
  const strange = MEMBERS.filter((field) => field !== wanted && draft[field] !== undefined).map((field) => ({
    ...{ field, value: 'given' },
    expected: `nothing: a rule of kind ${draft.kind} has ${wanted}`,
  }));
  return [...day, ...strange, ...OWN_FAULTS[draft.kind](draft)];
}

function dayFaults({ kind, validFrom }: RuleDraft, today: Day): RuleFault[] {
  const at = { field: 'validFrom' as const, value: validFrom.slice(0, 10) };
  if (!isDay(validFrom)) return [{ ...at, expected: 'a day that there is, as 2026-03-01' }];
  if (mayBeginBefore(kind) || validFrom >= today) return [];
  return [{ ...at, expected: `${today} or later: what was done before stays as it was` }];
}

/** What a rule without fault says. */
export function ruleValue(draft: RuleDraft): RuleValue {
  switch (draft.kind) {
    case 'comment-days':
      return { days: draft.days! };
    case 'buffer-return':
      return { years: draft.years! };
    case 'uncertainty-discount':
      return {
        steps: draft.steps!.map(({ aboveHalfWidthPpm, discountPpm }) => ({ aboveHalfWidthPpm, discountPpm })),
      };
    case 'measuring-method':
      return { stockChangeClasses: [...draft.stockChangeClasses!] };
  }
}

const OWN_FAULTS: Readonly<Record<RuleKind, (draft: RuleDraft) => RuleFault[]>> = {
  'comment-days': ({ days }) => numberFault('days', days, 0, DAYS_MAX),
  'buffer-return': ({ years }) => numberFault('years', years, 1, YEARS_MAX),
  'uncertainty-discount': ({ steps }) => stepFaults(steps),
  'measuring-method': ({ stockChangeClasses }) => classFaults(stockChangeClasses),
};

function numberFault(
  field: 'days' | 'years',
  value: number | undefined,
  least: number,
  most: number,
): RuleFault[] {
  if (value !== undefined && Number.isInteger(value) && value >= least && value <= most) return [];
  return [{ field, value: String(value ?? ''), expected: `a whole number from ${least} to ${most}` }];
}

function stepFaults(steps: readonly DiscountStep[] | undefined): RuleFault[] {
  if (!steps) return [{ field: 'steps', value: '', expected: 'a list of steps, empty for no discount' }];
  const faults: RuleFault[] = [];
  let [above, discount] = [-1n, -1n];
  for (const [index, step] of steps.entries()) {
    const [nextAbove, nextDiscount] = [ppmOf(step.aboveHalfWidthPpm), ppmOf(step.discountPpm)];
    const value = `${step.aboveHalfWidthPpm.slice(0, 16)}: ${step.discountPpm.slice(0, 16)}`;
    if (nextAbove === undefined || nextDiscount === undefined) {
      faults.push({ field: 'steps', row: index + 1, value, expected: 'parts per million, 0 to 1000000' });
    } else if (nextAbove <= above || nextDiscount <= discount) {
      faults.push({ field: 'steps', row: index + 1, value, expected: 'more than the step before, in both' });
    }
    [above, discount] = [nextAbove ?? above, nextDiscount ?? discount];
  }
  return faults;
}

function ppmOf(text: string): bigint | undefined {
  if (!/^(0|[1-9]\d{0,6})$/.test(text)) return undefined;
  const ppm = BigInt(text);
  return ppm <= WHOLE_PPM ? ppm : undefined;
}

function classFaults(classes: readonly string[] | undefined): RuleFault[] {
  const known: readonly string[] = FOREST_CLASSES;
  const expected = `each once, of: ${known.join(', ')}`;
  if (!classes) return [{ field: 'stockChangeClasses', value: '', expected }];
  return classes.flatMap((value, index) =>
    known.includes(value) && classes.indexOf(value) === index
      ? []
      : [{ field: 'stockChangeClasses' as const, row: index + 1, value: value.slice(0, 40), expected }],
  );
}

/** The discount of the last step that the half-width is above; none where no half-width is known. */
export function discountOf(steps: readonly DiscountStep[], halfWidthPpm: bigint | null): bigint {
  if (halfWidthPpm === null) return 0n;
  const reached = steps.filter(({ aboveHalfWidthPpm }) => halfWidthPpm > BigInt(aboveHalfWidthPpm));
  return BigInt(reached.at(-1)?.discountPpm ?? 0);
}
