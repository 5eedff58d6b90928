import type { Day } from '@app/kernel';
import type { ParcelStatus } from '@app/registry';
import { REVERSED } from '../credits.paths';
import type { SerialState } from '../reads/serial-origins';
import type { UniquenessStatement } from '../uniqueness/uniqueness.rules';
import type { ClassGrowth, YearGrowth } from './growth.store';
import {
  areaOf,
  groupBy,
  isLand,
  type Area,
  type ClassChange,
  type LandCause,
  type LandCell,
} from './land.rules';
import type { StateGrams } from './place.store';
import type { ReversalSum } from './reversal-sums.store';
import type { Stock } from './stock.rules';

/** Land of one class: parcels and hundredths of a mu. */
export interface ClassArea extends Area {
  readonly forestClass: string;
  /** Of these, with a registered right and inside a scope of compensation on the day. */
  readonly payableMu100: bigint;
  /** 碳储量 of it. */
  readonly stock: Stock;
}

export interface StatusArea extends Area {
  readonly status: ParcelStatus;
}

/** What could be counted and is not yet. */
export interface Potential {
  /** 储备: not measured for any year. */
  readonly unmeasured: Area;
  /** Without a registered right (确权登记): it may be measured, and is paid nothing. */
  readonly unregistered: Area;
}

/** Grams by where they are; they sum to what was issued from land of the region. */
export type Credits = Readonly<Record<SerialState, bigint>> & {
  readonly issued: bigint;
  /** Of what is cancelled: for reversals, lost or in another's stead. */
  readonly cancelledByReversal: bigint;
};

/** What became of it since an earlier day. */
export interface OneBookChange {
  readonly against: Day;
  readonly land: readonly ClassChange[];
  readonly stock: {
    readonly openingGrams: bigint;
    /** By what happened to the land; `growth` is what other volumes and figures make of the same land. */
    readonly causes: readonly { readonly cause: LandCause | 'growth'; readonly grams: bigint }[];
    readonly closingGrams: bigint;
  };
  readonly growth: readonly YearGrowth[];
  readonly credits: Credits;
  readonly cancelled: readonly { readonly reason: string; readonly grams: bigint }[];
}

/** 一本账 of a county, a township or a village at the end of a day. It names nobody. */
export interface OneBookPage {
  readonly region: string;
  readonly regionName: string;
  /** By the book's clock: what was recorded up to its end, and nothing later. */
  readonly day: Day;
  readonly land: readonly ClassArea[];
  readonly stock: Stock;
  readonly statuses: readonly StatusArea[];
  readonly potential: Potential;
  readonly growth: readonly YearGrowth[];
  readonly growthByClass: readonly ClassGrowth[];
  readonly credits: Credits;
  readonly cancelled: readonly { readonly reason: string; readonly grams: bigint }[];
  /** 缺口: of what was sold, so much is lost and nothing stands in for it yet. */
  readonly openShortfallGrams: bigint;
  /** What was lost of it since it was credited, and what stands in for what was sold. */
  readonly reversals: readonly ReversalSum[];
  /** How far it is known that nothing of it is counted twice. */
  readonly uniqueness: UniquenessStatement;
  readonly change: OneBookChange | null;
  /** 示例系数，非核定值 where some figure of the page is made with illustrative ones, else null. */
  readonly note: string | null;
}

const STATES: readonly SerialState[] = [
  'holding',
  'reserved-grams',
  'card',
  'retired',
  'buffer',
  'cancelled',
  'external',
];

const isReversed = ({ state, detail }: StateGrams): boolean => `${state}/${detail}`.startsWith(REVERSED);

export function creditsOf(grams: readonly StateGrams[]): Credits {
  const sums = new Map<SerialState, bigint>(STATES.map((state) => [state, 0n]));
  for (const one of grams) sums.set(one.state, (sums.get(one.state) ?? 0n) + one.grams);
  const issued = grams.reduce((sum, one) => sum + one.grams, 0n);
  const cancelledByReversal = grams.reduce((sum, one) => (isReversed(one) ? sum + one.grams : sum), 0n);
  return { ...(Object.fromEntries(sums) as Record<SerialState, bigint>), issued, cancelledByReversal };
}

export const cancelledOf = (grams: readonly StateGrams[]): { reason: string; grams: bigint }[] =>
  groupBy(
    grams.filter(({ state }) => state === 'cancelled'),
    ({ detail }) => detail,
  ).map(([reason, group]) => ({ reason, grams: group.reduce((sum, one) => sum + one.grams, 0n) }));

export const statusesOf = (cells: readonly LandCell[]): StatusArea[] =>
  groupBy(
    cells.filter(({ status }) => status !== 'closed'),
    ({ status }) => status,
  )
    .map(([status, group]) => ({ status: status as ParcelStatus, ...areaOf(group) }))
    .sort((a, b) => (a.status < b.status ? -1 : 1));

export function potentialOf(cells: readonly LandCell[]): Potential {
  const land = cells.filter(isLand);
  return {
    unmeasured: areaOf(land.filter(({ status }) => status === 'reserve')),
    unregistered: areaOf(land.filter(({ registered }) => !registered)),
  };
}

/** One day less another, state by state. */
export const lessCredits = (closing: Credits, opening: Credits): Credits =>
  Object.fromEntries(
    Object.entries(closing).map(([name, grams]) => [name, grams - opening[name as keyof Credits]]),
  ) as unknown as Credits;

/** What was measured, checked and issued between two days, year by year. */
export const lessGrowth = (closing: readonly YearGrowth[], opening: readonly YearGrowth[]): YearGrowth[] =>
  closing
    .map((one) => {
      const before = opening.find(({ year }) => year === one.year);
      if (!before) return one;
      return {
        ...one,
        parcels: one.parcels - before.parcels,
        areaMu100: one.areaMu100 - before.areaMu100,
        grams: one.grams - before.grams,
        recheckedGrams: one.recheckedGrams - before.recheckedGrams,
        verifiedGrams: one.verifiedGrams - before.verifiedGrams,
        issuedGrams: one.issuedGrams - before.issuedGrams,
      };
    })
    .filter(
      (one) =>
        one.parcels !== 0 ||
        [one.grams, one.recheckedGrams, one.verifiedGrams, one.issuedGrams].some((grams) => grams !== 0n),
    );

/** Reasons of both days, with what is more on the later one. */
export const lessReasons = (
  closing: readonly { readonly reason: string; readonly grams: bigint }[],
  opening: readonly { readonly reason: string; readonly grams: bigint }[],
): { reason: string; grams: bigint }[] =>
  closing
    .map(({ reason, grams }) => ({
      reason,
      grams: grams - (opening.find((one) => one.reason === reason)?.grams ?? 0n),
    }))
    .filter(({ grams }) => grams !== 0n);
