import { divideHalfUp } from '@app/kernel';
import type { Grade } from '../grade';
import { sumGrams } from '../grams';
import { shareGrams, type RightShare, type SharedGrams } from './share.rules';

/** A re-checked measurement that was not issued yet, with the rights to its parcel. */
export interface Issuable {
  readonly measurement: string;
  readonly parcel: string;
  readonly parcelCode: string;
  readonly landUnit: string;
  readonly tenure: string;
  /** 确权登记 */
  readonly rightRegistered: boolean;
  readonly grams: bigint;
  /** Of the coefficient it was measured with; null where no plots were measured. */
  readonly halfWidthPpm: bigint | null;
  /** The third party's report that covers it; null: the bureau's own re-check. */
  readonly verification: string | null;
  readonly rights: readonly RightShare[];
}

/** One party's grams of an issuance, as one run of serials: first the free ones, then those of the buffer. */
export interface PlannedLine {
  readonly party: string;
  readonly partyNo: string;
  readonly grams: bigint;
  readonly bufferGrams: bigint;
  readonly firstSerial: bigint;
}

/** One party's part of one parcel, inside the party's run. */
export interface PlannedShare extends SharedGrams {
  readonly measurement: string;
  readonly firstSerial: bigint;
}

export interface PlannedIssuance {
  readonly grade: Grade;
  /** Of all its land; null: the bureau's own re-check. */
  readonly verification: string | null;
  readonly grams: bigint;
  /** Left out for uncertainty: nobody's. */
  readonly discountGrams: bigint;
  readonly bufferGrams: bigint;
  readonly lines: readonly PlannedLine[];
  readonly shares: readonly PlannedShare[];
  readonly measurements: readonly { readonly id: string; readonly discountGrams: bigint }[];
  readonly landUnits: readonly string[];
}

const PPM = 1_000_000n;

/**
 * G0 (仅台账) for state forest and land whose right is not registered, else G1 (认购支持). A land unit has one
 * grade, its lowest: it is credited once, by one issuance.
 */
export function gradesByLandUnit(issuables: readonly Issuable[]): Map<string, Grade> {
  const grades = new Map<string, Grade>();
  for (const { landUnit, tenure, rightRegistered } of issuables) {
    const isMemorandum = tenure === 'state' || !rightRegistered;
    if (isMemorandum || !grades.has(landUnit)) grades.set(landUnit, isMemorandum ? 'G0' : 'G1');
  }
  return grades;
}

/** The report that covers all of a land unit; null where some of it was re-checked by the bureau alone. */
export function verificationsByLandUnit(issuables: readonly Issuable[]): Map<string, string | null> {
  const verifications = new Map<string, string | null>();
  for (const { landUnit, verification } of issuables) {
    const known = verifications.get(landUnit);
    verifications.set(landUnit, known === undefined || known === verification ? verification : null);
  }
  return verifications;
}

/** What is taken from each party or parcel. */
export interface Deductions {
  readonly bufferPpm: bigint;
  /** By the half-width of a coefficient. */
  readonly discountPpm: (halfWidthPpm: bigint | null) => bigint;
}

/**
 * Plans a township's issuances, one a grade and report. Serials run by party number, in it by parcel code. The discount is
 * taken from each parcel and the buffer from each party's sum, rounded half up once. Grams that nobody has a share of
 * are left out; a parcel that gives nobody any stays as it is, measured.
 */
export function planIssuances(issuables: readonly Issuable[], deductions: Deductions): PlannedIssuance[] {
  const grades = gradesByLandUnit(issuables);
  const verifications = verificationsByLandUnit(issuables);
  const reports = [...new Set(verifications.values())].sort((a, b) => compare(a ?? '', b ?? ''));
  return (['G0', 'G1'] as const).flatMap((grade) =>
    reports.flatMap((verification) => {
      const own = issuables.filter(
        ({ landUnit }) => grades.get(landUnit) === grade && verifications.get(landUnit) === verification,
      );
      const plan = planGrade({ grade, verification }, own, deductions);
      return plan.grams > 0n ? [plan] : [];
    }),
  );
}

function planGrade(
  head: Pick<PlannedIssuance, 'grade' | 'verification'>,
  issuables: readonly Issuable[],
  { bufferPpm, discountPpm }: Deductions,
): PlannedIssuance {
  const discounts = new Map<string, bigint>();
  const parts = issuables.flatMap(({ measurement, parcelCode, landUnit, grams, halfWidthPpm, rights }) => {
    const discountGrams = divideHalfUp(grams * discountPpm(halfWidthPpm), PPM);
    const shares = shareGrams(grams - discountGrams, rights);
    if (shares.length > 0) discounts.set(measurement, discountGrams);
    return shares.map((share) => ({ ...share, measurement, parcelCode, landUnit }));
  });
  parts.sort((a, b) => compare(a.partyNo, b.partyNo) || compare(a.parcelCode, b.parcelCode));
  const lines: PlannedLine[] = [];
  const shares: PlannedShare[] = [];
  let next = 1n;
  for (let from = 0; from < parts.length;) {
    const { party, partyNo } = parts[from]!;
    let until = from;
    while (parts[until]?.party === party) until += 1;
    const own = parts.slice(from, until);
    const grams = sumGrams(own);
    lines.push({
      party,
      partyNo,
      grams,
      bufferGrams: divideHalfUp(grams * bufferPpm, PPM),
      firstSerial: next,
    });
    for (const part of own) {
      shares.push({ ...part, firstSerial: next });
      next += part.grams;
    }
    from = until;
  }
  return {
    ...head,
    grams: next - 1n,
    discountGrams: [...discounts.values()].reduce((sum, discount) => sum + discount, 0n),
    bufferGrams: lines.reduce((sum, line) => sum + line.bufferGrams, 0n),
    lines,
    shares,
    measurements: [...discounts].map(([id, discountGrams]) => ({ id, discountGrams })),
    landUnits: [...new Set(parts.map(({ landUnit }) => landUnit))],
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
