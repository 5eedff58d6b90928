import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { formatUnits, MU } from '@app/kernel';
import type { Consent, County, Parcel, Party } from './county';
import { writeCsv } from './csv';

/** The kinds of file a county hands over, in the order they are imported. */
export const FILES = ['parties', 'parcels', 'rights', 'consents'] as const;
export type FileKind = (typeof FILES)[number];

export interface HandOverDates {
  readonly scopeFrom: string;
  readonly rightsFrom: string;
  readonly consentFrom: string;
  readonly consentTo: string;
}

/** Column name → what its cell says. */
type Columns<Row> = Readonly<Record<string, (row: Row, index: number) => string>>;

const PARTIES: Columns<Party> = {
  external_no: (party) => party.externalNo,
  kind: (party) => party.kind,
  name: (party) => party.name,
  region_code: (party) => party.region,
  id_number: (party) => party.idNumber,
  phone: (party) => party.phone,
  bank: (party) => party.bank,
  bank_account: (party) => party.account,
  account_holder: (party) => party.name,
};

const CUBIC_METRE = { name: 'm³', scale: 3 };
const certificateOf = (parcel: Parcel): string => `B${parcel.code}`;

const parcelColumns = (dates: HandOverDates): Columns<Parcel> => ({
  parcel_code: (parcel) => parcel.code,
  land_unit_code: (parcel) => `LU-${parcel.code}`,
  village_code: (parcel) => parcel.village,
  forest_class: (parcel) => parcel.forestClass,
  age_group: (parcel) => parcel.ageGroup,
  origin: (parcel) => parcel.origin,
  public_welfare_level: (parcel) => parcel.level,
  tenure: (parcel) => parcel.tenure,
  area_mu: (parcel) => formatUnits(MU, BigInt(parcel.areaMu100)),
  right_registered: (parcel) => (parcel.registered ? 'yes' : 'no'),
  certificate_no: certificateOf,
  scope_decision: (parcel) => (parcel.level === 'none' ? '' : '补偿范围决定〔2024〕18号'),
  scope_from: (parcel) => (parcel.level === 'none' ? '' : dates.scopeFrom),
  scope_to: () => '',
  land_kind: ({ taxonomy }) => taxonomy.landKind,
  forest_use: ({ taxonomy }) => taxonomy.forestUse,
  forest_subuse: ({ taxonomy }) => taxonomy.forestSubuse,
  forest_category: (parcel) => (parcel.level === 'none' ? 'commercial' : 'public-welfare'),
  national_protection: ({ taxonomy }) => taxonomy.nationalProtection,
  programme: ({ taxonomy }) => taxonomy.programme,
  origin_detail: ({ taxonomy }) => taxonomy.originDetail,
  dominant_species: ({ taxonomy }) => taxonomy.dominantSpecies,
  canopy: ({ taxonomy }) => taxonomy.canopy,
  volume_m3: ({ taxonomy: { volumeDm3 } }) => (volumeDm3 === null ? '' : formatUnits(CUBIC_METRE, volumeDm3)),
  land_protection: ({ taxonomy }) => taxonomy.landProtection,
  land_tenure: (parcel) => (parcel.tenure === 'state' ? 'state' : 'collective'),
  tree_tenure: (parcel) => parcel.tenure,
  compartment: (parcel) => parcel.code.slice(-7, -4),
  sub_compartment: (parcel) => parcel.code.slice(-3),
  certificate_area_mu: (parcel) => formatUnits(MU, BigInt(parcel.areaMu100)),
});

interface Right {
  readonly parcel: Parcel;
  readonly holder: Parcel['holders'][number];
}

const rightColumns = (dates: HandOverDates): Columns<Right> => ({
  parcel_code: ({ parcel }) => parcel.code,
  party_external_no: ({ holder }) => holder.externalNo,
  right_kind: () => 'management',
  share_percent: ({ holder }) => holder.percent,
  valid_from: () => dates.rightsFrom,
  valid_to: () => '',
  document_no: ({ parcel }) => certificateOf(parcel),
});

const consentColumns = (dates: HandOverDates): Columns<Consent> => ({
  party_external_no: (consent) => consent.externalNo,
  share_percent: (consent) => consent.percent,
  valid_from: () => dates.consentFrom,
  valid_to: () => dates.consentTo,
  document_no: (_consent, index) => `WT-2026-${String(index + 1).padStart(6, '0')}`,
  witness: () => '',
  signed_on: () => dates.consentFrom,
});

/** Writes the files a county would hand over; returns the path of each. */
export async function writeFiles(
  directory: string,
  county: County,
  dates: HandOverDates,
): Promise<Record<FileKind, string>> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const pathOf = (kind: FileKind) => join(directory, `${kind}.csv`);
  const rights = county.parcels.flatMap((parcel) => parcel.holders.map((holder) => ({ parcel, holder })));
  await write(pathOf('parties'), PARTIES, county.parties);
  await write(pathOf('parcels'), parcelColumns(dates), county.parcels);
  await write(pathOf('rights'), rightColumns(dates), rights);
  await write(pathOf('consents'), consentColumns(dates), county.consents);
  return Object.fromEntries(FILES.map((kind) => [kind, pathOf(kind)])) as Record<FileKind, string>;
}

const write = <Row>(path: string, columns: Columns<Row>, rows: readonly Row[]): Promise<void> =>
  writeCsv(
    path,
    Object.keys(columns),
    rows.map((row, index) => Object.values(columns).map((cell) => cell(row, index))),
  );
