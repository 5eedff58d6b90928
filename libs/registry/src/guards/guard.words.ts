/**
 * What a county's auditors look for in a registry (facts.md B9). A finding is evidence to be looked into by a person:
 * nothing is refused or stopped by it, for each has honest causes too.
 */
export const GUARDS = [
  'holder-missing',
  'shares-incomplete',
  'certificate-repeated',
  'account-shared',
  'account-missing',
  'holder-closed',
  'payee-closed',
  'payee-of-many',
  'person-in-several-villages',
  'area-outlier',
  'area-unexplained',
  'rights-above-area',
  'area-differs-from-map',
  'parcels-overlap',
] as const;
export type Guard = (typeof GUARDS)[number];

/** Of fewer households than this nobody can say what is usual. */
export const HOUSEHOLDS_MIN = 8;

/** Who collects for so many others is looked at: 代领 is how money of many ended in one hand. */
export const HOLDERS_OF_A_PAYEE_MIN = 3;

/** A stated area may differ from the map by so much of itself. */
export const AREA_DIFFERENCE_PERCENT = 5;

/** What two parcels share is less than a sliver between drawn borders: in hundredths of a mu, and of the smaller one. */
export const SLIVER_MU100 = 10;
export const SLIVER_PERCENT = 1;

/** One thing to look into. Codes and external numbers only: no names, no personal numbers. */
export interface GuardFinding {
  readonly guard: Guard;
  /** Unique among the findings of a guard, and what lists are ordered by. */
  readonly subject: string;
  /** Villages that it is about. */
  readonly regions: readonly string[];
  /** What was found, as numbers and codes: `{sharePpm: "600000"}`. */
  readonly facts: Readonly<Record<string, string>>;
  /** Parcel codes and external numbers of parties, at most 50 of each. */
  readonly parcels: readonly string[];
  readonly parties: readonly string[];
}
