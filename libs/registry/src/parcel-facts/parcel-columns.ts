import { MU, parseUnits, ok, refuse } from '@app/kernel';
import { area, code, day, name, oneOf, optional, problem, truth, type Reader } from '../import/cell.rules';
import {
  FOREST_CATEGORIES,
  FOREST_SUBUSE_ZH,
  FOREST_SUBUSES,
  FOREST_USES,
  FORESTRY_PROGRAMMES,
  keysOf,
  LAND_KINDS,
  LAND_PROTECTIONS,
  LAND_TENURES,
  NATIONAL_PROTECTIONS,
  ORIGIN_DETAILS,
  TREE_TENURES,
} from '../parcel.words';
import {
  AGE_GROUP_ZH,
  FOREST_CLASS_ZH,
  ORIGIN_ZH,
  PARTY_KIND_ZH,
  PUBLIC_WELFARE_LEVEL_ZH,
  TENURE_ZH,
} from '../registry.labels';
import {
  AGE_GROUPS,
  FOREST_CLASSES,
  ORIGINS,
  PARTY_KINDS,
  PUBLIC_WELFARE_LEVELS,
  TENURES,
} from '../registry.words';

/** A text of this pattern. */
const like =
  (pattern: RegExp, zh: string, en: string): Reader<string> =>
  (text) =>
    pattern.test(text) ? ok(text) : refuse(problem('CODE_MALFORMED', zh, en));

const KEY = like(/^[0-9A-Za-z]{1,8}$/, '1 至 8 位数字或字母', '1 to 8 digits or letters');

/** 0.65 → 65. */
const canopy: Reader<bigint> = (text) => {
  const parsed = parseUnits(MU, text);
  return parsed.ok && parsed.value <= 100n
    ? parsed
    : refuse(
        problem(
          'NUMBER_WRONG',
          '0 至 1，最多两位小数，如 0.65',
          '0 to 1 with at most two decimals, such as 0.65',
        ),
      );
};

const CUBIC_METRE = { name: 'm³', scale: 3 };
const VOLUME_MAX_DM3 = 1_000_000_000_000n;
/** Cubic metres → thousandths. */
const volume: Reader<bigint> = (text) => {
  const parsed = parseUnits(CUBIC_METRE, text);
  return parsed.ok && parsed.value <= VOLUME_MAX_DM3
    ? parsed
    : refuse(problem('NUMBER_WRONG', '立方米，最多三位小数', 'cubic metres with at most three decimals'));
};

/** What every parcel has a value of, by the column of the file. */
export const FACT_COLUMNS_NEEDED = {
  forest_class: oneOf(FOREST_CLASSES, FOREST_CLASS_ZH),
  age_group: oneOf(AGE_GROUPS, AGE_GROUP_ZH),
  origin: oneOf(ORIGINS, ORIGIN_ZH),
  public_welfare_level: oneOf(PUBLIC_WELFARE_LEVELS, PUBLIC_WELFARE_LEVEL_ZH),
  tenure: oneOf(TENURES, TENURE_ZH),
  area_mu: area,
  right_registered: truth,
  certificate_no: optional(code(100)),
  scope_decision: optional(code(100)),
  scope_from: optional(day),
  scope_to: optional(day),
};

/** What a county may not know yet: columns that a file may leave out. */
export const FACT_COLUMNS_OPTIONAL = {
  land_kind: optional(oneOf(keysOf(LAND_KINDS), LAND_KINDS)),
  forest_use: optional(oneOf(keysOf(FOREST_USES), FOREST_USES)),
  forest_subuse: optional(oneOf(keysOf(FOREST_SUBUSES), FOREST_SUBUSE_ZH)),
  forest_category: optional(oneOf(keysOf(FOREST_CATEGORIES), FOREST_CATEGORIES)),
  national_protection: optional(oneOf(NATIONAL_PROTECTIONS)),
  programme: optional(oneOf(keysOf(FORESTRY_PROGRAMMES), FORESTRY_PROGRAMMES)),
  origin_detail: optional(oneOf(keysOf(ORIGIN_DETAILS), ORIGIN_DETAILS)),
  dominant_species: optional(name(64)),
  canopy: optional(canopy),
  volume_m3: optional(volume),
  land_protection: optional(oneOf(LAND_PROTECTIONS)),
  land_tenure: optional(oneOf(keysOf(LAND_TENURES), LAND_TENURES)),
  tree_tenure: optional(oneOf(keysOf(TREE_TENURES), TREE_TENURES)),
  operator_kind: optional(oneOf(PARTY_KINDS, PARTY_KIND_ZH)),
  sink_zone: optional(truth),
  compartment: optional(KEY),
  sub_compartment: optional(KEY),
  patch: optional(KEY),
  map_patch_no: optional(code(32)),
  land_parcel_code: optional(
    like(
      /^\d{12}[A-Z]{2}\d{5}$/,
      '19 位宗地代码：12 位数字、2 位大写字母、5 位数字',
      'a land code of 19 characters: 12 digits, 2 capital letters, 5 digits',
    ),
  ),
  real_estate_unit_no: optional(
    like(
      /^\d{12}[A-Z]{2}\d{5}([FLQ]\d{8}|W0{8})$/,
      '28 位不动产单元号：19 位宗地代码，F、L、Q 加 8 位数字或 W00000000',
      'a unit number of 28 characters: the land code, then F, L or Q with 8 digits, or W00000000',
    ),
  ),
  real_estate_certificate_no: optional(code(100)),
  certificate_area_mu: optional(area),
};

export const FACT_COLUMNS = { ...FACT_COLUMNS_NEEDED, ...FACT_COLUMNS_OPTIONAL };
export type FactColumn = keyof typeof FACT_COLUMNS;
type ValueOf<R> = R extends Reader<infer T> ? T : never;
/** What the columns of a parcel say; undefined what could not be read. */
export type ParcelFacts = { readonly [K in FactColumn]: ValueOf<(typeof FACT_COLUMNS)[K]> | undefined };
