import type { ParcelStatus } from '@app/registry';

/** Why land came into a class, or left it. */
export const LAND_CAUSES = [
  'opening',
  'new',
  'closed',
  'reopened',
  'moved',
  'reclassified',
  'aged',
  'area',
  'split',
  'merge',
  'renumber',
  'redraw',
  'status',
  'registration',
  'mended',
] as const;
export type LandCause = (typeof LAND_CAUSES)[number];

/** What carbon is reckoned by. */
export interface LandKey {
  readonly forestClass: string;
  readonly ageGroup: string;
  readonly origin: string;
}

/** A parcel is closed when later ones took its place. */
export type LandStatus = ParcelStatus | 'closed';

export interface LandCell extends LandKey {
  readonly status: LandStatus;
  /** 确权登记. */
  readonly registered: boolean;
  readonly parcels: number;
  readonly areaMu100: bigint;
}

export interface LandMove extends LandKey {
  readonly status: LandStatus;
  readonly cause: LandCause;
  readonly parcelsIn: number;
  readonly parcelsOut: number;
  readonly inMu100: bigint;
  readonly outMu100: bigint;
}

export interface Area {
  readonly parcels: number;
  readonly areaMu100: bigint;
}

/** Land that was given up (已注销) or has become other parcels stays in the book and is no land of its class any more. */
export const isLand = ({ status }: { readonly status: LandStatus }): boolean =>
  status !== 'cancelled' && status !== 'closed';

/** Steps of a parcel that leave it in its class, with its area. */
const WITHIN: ReadonlySet<LandCause> = new Set<LandCause>(['status', 'registration']);

export const areaOf = (cells: readonly Area[]): Area => ({
  parcels: cells.reduce((sum, { parcels }) => sum + parcels, 0),
  areaMu100: cells.reduce((sum, { areaMu100 }) => sum + areaMu100, 0n),
});

/** The groups of a list in order of their first items. */
export function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return [...groups];
}

/** One line of a class: opening + increases − decreases = closing. */
export interface ClassChange {
  readonly forestClass: string;
  readonly openingMu100: bigint;
  readonly increases: readonly CauseArea[];
  readonly decreases: readonly CauseArea[];
  readonly closingMu100: bigint;
}

export interface CauseArea extends Area {
  readonly cause: LandCause;
}

/** What became of the land of every class between two days. Land that only changed its age group stays in its class. */
export function changesOf(opening: readonly LandCell[], moves: readonly LandMove[]): ClassChange[] {
  const land = moves.filter((move) => isLand(move) && !WITHIN.has(move.cause) && move.cause !== 'aged');
  const live = opening.filter(isLand);
  const classes = [...new Set([...live, ...land].map(({ forestClass }) => forestClass))].sort();
  return classes.map((forestClass) => {
    const own = land.filter((move) => move.forestClass === forestClass);
    const openingMu100 = areaOf(live.filter((cell) => cell.forestClass === forestClass)).areaMu100;
    const increases = causes(own, ({ parcelsIn, inMu100 }) => ({ parcels: parcelsIn, areaMu100: inMu100 }));
    const decreases = causes(own, ({ parcelsOut, outMu100 }) => ({
      parcels: parcelsOut,
      areaMu100: outMu100,
    }));
    const closingMu100 = openingMu100 + areaOf(increases).areaMu100 - areaOf(decreases).areaMu100;
    return { forestClass, openingMu100, increases, decreases, closingMu100 };
  });
}

const causes = (moves: readonly LandMove[], side: (move: LandMove) => Area): CauseArea[] =>
  groupBy(moves, ({ cause }) => cause)
    .map(([cause, group]) => ({ cause: cause as LandCause, ...areaOf(group.map(side)) }))
    .filter(({ parcels, areaMu100 }) => parcels !== 0 || areaMu100 !== 0n);
