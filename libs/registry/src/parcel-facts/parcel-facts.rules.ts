import { addDays, formatUnits, MU, type Day } from '@app/kernel';
import type { FactColumn, ParcelFacts } from './parcel-columns';

/** The columns of registry.parcel that orders may change, in the order of the table. */
export const STORED_FACTS = [
  'forest_class',
  'age_group',
  'origin',
  'public_welfare_level',
  'tenure',
  'area_mu100',
  'right_registered',
  'certificate_no',
  'scope_decision',
  'scope',
  'land_kind',
  'forest_use',
  'forest_subuse',
  'forest_category',
  'national_protection',
  'programme',
  'origin_detail',
  'dominant_species',
  'canopy100',
  'volume_dm3',
  'land_protection',
  'land_tenure',
  'tree_tenure',
  'operator_kind',
  'sink_zone',
  'compartment',
  'sub_compartment',
  'patch',
  'map_patch_no',
  'land_parcel_code',
  'real_estate_unit_no',
  'real_estate_certificate_no',
  'certificate_area_mu100',
] as const;
export type StoredFact = (typeof STORED_FACTS)[number];
/** As PostgreSQL writes each as text: `1230`, `true`, `[2024-01-01,)`. */
export type StoredFacts = Readonly<Record<StoredFact, string | null>>;

/** Columns that are counted in another unit than they are written in, by how many decimals. */
const COUNTED: Readonly<Partial<Record<StoredFact, readonly [FactColumn, number]>>> = {
  area_mu100: ['area_mu', MU.scale],
  canopy100: ['canopy', 2],
  volume_dm3: ['volume_m3', 3],
  certificate_area_mu100: ['certificate_area_mu', MU.scale],
};

/** The column of a file in which the fact is written; a scope begins in the one named. */
export const columnOf = (fact: StoredFact): FactColumn =>
  fact === 'scope' ? 'scope_from' : (COUNTED[fact]?.[0] ?? (fact as FactColumn));

/** What the database keeps of facts without fault. */
export function storedOf(facts: ParcelFacts): StoredFacts {
  const stored = STORED_FACTS.map((fact): [StoredFact, string | null] => {
    if (fact === 'scope') return [fact, rangeOf(facts.scope_from ?? null, facts.scope_to ?? null)];
    const value = facts[columnOf(fact)] ?? null;
    return [fact, value === null ? null : String(value)];
  });
  return Object.fromEntries(stored) as Record<StoredFact, string | null>;
}

/** The cells that a file would have of them. */
export function cellsOf(stored: StoredFacts): Record<FactColumn, string> {
  const { from, to } = daysOf(stored.scope);
  const cells = STORED_FACTS.filter((fact) => fact !== 'scope').map((fact) => [
    columnOf(fact),
    writtenOf(fact, stored[fact]),
  ]);
  return {
    ...(Object.fromEntries(cells) as Record<FactColumn, string>),
    scope_from: from ?? '',
    scope_to: to ?? '',
  };
}

/** One of them as people write it: 1230 → 12.30. Days inside a range as from/to; nothing is empty. */
export function writtenOf(fact: StoredFact, value: string | null): string {
  if (value === null) return '';
  if (fact === 'scope') {
    const { from, to } = daysOf(value);
    return `${from}/${to ?? ''}`;
  }
  const counted = COUNTED[fact];
  return counted ? formatUnits({ name: fact, scale: counted[1] }, BigInt(value)) : value;
}

const rangeOf = (from: Day | null, to: Day | null): string | null =>
  from === null ? null : `[${from},${to === null ? '' : addDays(to, 1)})`;

/** First and last day inside, of a half-open range. */
function daysOf(range: string | null): { from: Day | null; to: Day | null } {
  if (range === null) return { from: null, to: null };
  const [from = '', end = ''] = range.slice(1, -1).split(',');
  return { from: from === '' ? null : from, to: end === '' ? null : addDays(end, -1) };
}
