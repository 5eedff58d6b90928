import type { Day } from '@app/kernel';
import { priceParcel, splitParcel, type LineFigures } from './amount.rules';

/** A parcel inside the scope with one of its rights: as many rows as rights, one row when it has none. */
export interface Candidate {
  readonly parcel: string;
  readonly village: string;
  readonly areaMu100: bigint;
  readonly registered: boolean;
  /** The standard of the parcel's level and tenure on the day, when there is one. */
  readonly standard: string | null;
  readonly fenPerMu: bigint | null;
  readonly deductionFenPerMu: bigint;
  /** The quality result that counts for the parcel, when the programme lets one count. */
  readonly qualityResult: string | null;
  readonly qualityPpm: bigint;
  readonly right: string | null;
  readonly party: string | null;
  readonly sharePpm: bigint | null;
}

/** A line as it is written. Its number is its place in the list, from 1. */
export interface LineDraft extends LineFigures {
  readonly village: string;
  readonly parcel: string;
  readonly party: string;
  readonly right: string;
  readonly standard: string;
  readonly qualityResult: string | null;
  readonly parcelFen: bigint;
}

/** Ground inside the scope that the roster does not pay, and why, in parcels; and rights too small to pay. */
export interface LeftOut {
  readonly unregistered: number;
  readonly withoutStandard: number;
  readonly withoutRight: number;
  readonly sharesBelowOneFen: number;
}

/** Of a roster that is made of no land. */
export const NOTHING_LEFT_OUT: LeftOut = {
  unregistered: 0,
  withoutStandard: 0,
  withoutRight: 0,
  sharesBelowOneFen: 0,
};

export interface RosterDraft {
  readonly lines: readonly LineDraft[];
  readonly leftOut: LeftOut;
  readonly parties: number;
  /** Each parcel once, however many hold it. */
  readonly areaMu100: bigint;
  readonly totalFen: bigint;
}

/** Makes lines of candidates, which come parcel by parcel. Pure: published cases are checked against it. */
export function draftRoster(candidates: readonly Candidate[]): RosterDraft {
  const lines: LineDraft[] = [];
  const leftOut = { unregistered: 0, withoutStandard: 0, withoutRight: 0, sharesBelowOneFen: 0 };
  let areaMu100 = 0n;
  for (const rows of byParcel(candidates)) {
    const made = linesOf(rows);
    if (typeof made === 'string') leftOut[made] += 1;
    else {
      leftOut.sharesBelowOneFen += rows.length - made.length;
      if (made.length > 0) areaMu100 += made[0]!.areaMu100;
      for (const line of made) lines.push(line);
    }
  }
  return {
    lines,
    leftOut,
    parties: new Set(lines.map(({ party }) => party)).size,
    areaMu100,
    totalFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0n),
  };
}

function byParcel(candidates: readonly Candidate[]): Candidate[][] {
  const groups: Candidate[][] = [];
  for (const candidate of candidates) {
    const last = groups.at(-1);
    if (last?.[0]?.parcel === candidate.parcel) last.push(candidate);
    else groups.push([candidate]);
  }
  return groups;
}

function linesOf(rows: readonly Candidate[]): LineDraft[] | keyof Omit<LeftOut, 'sharesBelowOneFen'> {
  const [first] = rows;
  if (!first?.registered) return 'unregistered';
  const { standard, fenPerMu, areaMu100, parcel, village } = first;
  if (standard === null || fenPerMu === null) return 'withoutStandard';
  const rights = rows.flatMap(({ right, party, sharePpm }) =>
    right === null || party === null || sharePpm === null ? [] : [{ right, party, sharePpm }],
  );
  if (rights.length === 0) return 'withoutRight';
  const { deductionFenPerMu, qualityPpm, qualityResult } = first;
  const figures = { areaMu100, fenPerMu, deductionFenPerMu, qualityPpm };
  const parcelFen = priceParcel(figures);
  const amounts = splitParcel(
    parcelFen,
    rights.map(({ sharePpm }) => sharePpm),
  );
  return rights
    .map((right, i) => ({
      ...right,
      parcel,
      village,
      standard,
      qualityResult,
      ...figures,
      parcelFen,
      amountFen: amounts[i]!,
    }))
    .filter(({ amountFen }) => amountFen > 0n);
}

/** The day a year's roster is taken on: today within the year, its last day after it, its first before it. */
export function asOfDay(today: Day, year: number): Day {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  if (today < first) return first;
  return today > last ? last : today;
}
