/** How each column of a file is told from the tables, as text: what an import of it reads back as the same. */
type Cells<Columns extends string = string> = Readonly<Record<Columns, string>>;

const percent = (ppm: string): string => `trim_scale(round(${ppm} / 10000.0, 4))::text`;

/** Of `registry.party t`; what is sealed or another table's is added where it is opened. */
export const PARTY_CELLS = {
  external_no: 't.external_no',
  kind: 't.kind',
  name: 't.name',
  region_code: 't.region',
} satisfies Cells;

/** Of `registry.parcel_current p`, or the parcels of a day. */
export const PARCEL_CELLS = {
  parcel_code: 'p.code',
  land_unit_code: 'p.land_unit_code',
  village_code: 'p.village',
  forest_class: 'p.forest_class',
  age_group: 'p.age_group',
  origin: 'p.origin',
  public_welfare_level: 'p.public_welfare_level',
  tenure: 'p.tenure',
  area_mu: 'round(p.area_mu100 / 100.0, 2)::text',
  right_registered: 'p.right_registered::text',
  certificate_no: 'p.certificate_no',
  scope_decision: 'p.scope_decision',
  scope_from: 'p.scope_from::text',
  scope_to: 'p.scope_to::text',
  land_kind: 'p.land_kind',
  forest_use: 'p.forest_use',
  forest_subuse: 'p.forest_subuse',
  forest_category: 'p.forest_category',
  national_protection: 'p.national_protection::text',
  programme: 'p.programme',
  origin_detail: 'p.origin_detail',
  dominant_species: 'p.dominant_species',
  canopy: 'round(p.canopy100 / 100.0, 2)::text',
  volume_m3: 'round(p.volume_dm3 / 1000.0, 3)::text',
  land_protection: 'p.land_protection::text',
  land_tenure: 'p.land_tenure',
  tree_tenure: 'p.tree_tenure',
  operator_kind: 'p.operator_kind',
  sink_zone: 'p.sink_zone::text',
  compartment: 'p.compartment',
  sub_compartment: 'p.sub_compartment',
  patch: 'p.patch',
  map_patch_no: 'p.map_patch_no',
  land_parcel_code: 'p.land_parcel_code',
  real_estate_unit_no: 'p.real_estate_unit_no',
  real_estate_certificate_no: 'p.real_estate_certificate_no',
  certificate_area_mu: 'round(p.certificate_area_mu100 / 100.0, 2)::text',
} satisfies Cells;

/** Of `registry.right_current r` and its parcel p. */
export const RIGHT_CELLS = {
  parcel_code: 'p.code',
  party_external_no: 'r.party_external_no',
  right_kind: 'r.kind',
  share_percent: percent('r.share_ppm'),
  valid_from: 'lower(r.valid)::text',
  valid_to: '(upper(r.valid) - 1)::text',
  document_no: 'r.document_no',
} satisfies Cells;

/** Of `registry.consent c` and its party t. One given on a phone has no document: its day stands there. */
export const CONSENT_CELLS = {
  party_external_no: 't.external_no',
  share_percent: percent('c.share_ppm'),
  valid_from: 'lower(c.valid)::text',
  valid_to: '(upper(c.valid) - 1)::text',
  document_no: `coalesce(c.document_no, 'online ' || (c.signed_at AT TIME ZONE 'Asia/Shanghai')::date)`,
  witness: 'c.witness',
  signed_on: `(c.signed_at AT TIME ZONE 'Asia/Shanghai')::date::text`,
} satisfies Cells;
