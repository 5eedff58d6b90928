import type { Guard } from '@app/registry';

/** Which lines a finding is about: those of its parties, of its parcels, of both at once, or of its subject. */
export type GuardReach = 'parties' | 'parcels' | 'both' | 'subject';

interface RosterGuardRule {
  readonly reach: GuardReach;
  /** A note tells; a hold takes the line out of the payment until two people let it go. */
  readonly holds: boolean;
}

/**
 * What of the registry's guards counts for a roster. A missing account is a note: it may come until the money goes,
 * and without it nobody is paid; to take the household out for it would only cost it its year.
 */
export const REGISTRY_GUARDS = {
  'holder-closed': { reach: 'subject', holds: true },
  'payee-closed': { reach: 'parties', holds: true },
  'account-missing': { reach: 'subject', holds: false },
  'account-shared': { reach: 'parties', holds: true },
  'payee-of-many': { reach: 'parties', holds: true },
  'person-in-several-villages': { reach: 'parties', holds: true },
  'area-outlier': { reach: 'both', holds: true },
  'area-unexplained': { reach: 'parcels', holds: true },
  'rights-above-area': { reach: 'parcels', holds: true },
} as const satisfies Partial<Record<Guard, RosterGuardRule>>;

/** Guards of the roster itself: see `roster-guard.queries`. */
export const OWN_GUARDS = {
  'programme-excluded': { reach: 'parcels', holds: true },
  'listed-person': { reach: 'parties', holds: true },
} as const satisfies Readonly<Record<string, RosterGuardRule>>;

export const ROSTER_GUARDS = { ...REGISTRY_GUARDS, ...OWN_GUARDS };
export type RosterGuard = keyof typeof ROSTER_GUARDS;

export const FINDING_STATES = ['open', 'release-proposed', 'released', 'upheld'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** Let go by a second person, kept open, or found to be right: then the line is out for good. */
export const FINDING_OUTCOMES = ['release', 'keep', 'uphold'] as const;
export type FindingOutcome = (typeof FINDING_OUTCOMES)[number];

export const WATCH_KINDS = ['official-relative', 'public-payroll'] as const;
export type WatchKind = (typeof WATCH_KINDS)[number];

/** As many findings as one decision names. */
export const FINDINGS_MAX = 1_000;
