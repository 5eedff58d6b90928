import {
  FOREST_CATEGORIES,
  FOREST_SUBUSE_ZH,
  FOREST_USES,
  FORESTRY_PROGRAMMES,
  LAND_KINDS,
  LAND_TENURES,
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
import { STORED_FACTS, writtenOf, type StoredFact, type StoredFacts } from './parcel-facts.rules';

/** A text in both languages of the product. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

type WordTable = Readonly<Record<string, string>>;

const TRUTH: WordTable = { true: '是', false: '否' };
const ORDINALS: WordTable = { 1: '一级', 2: '二级', 3: '三级', 4: '四级' };

/** What each fact is called, with its unit, and the Chinese words of its values. */
const WORDS: Readonly<
  Record<StoredFact, readonly [zh: string, en: string, values?: WordTable, unit?: Said]>
> = {
  forest_class: ['林分类别', 'forest class', FOREST_CLASS_ZH],
  age_group: ['龄组', 'age group', AGE_GROUP_ZH],
  origin: ['起源', 'origin', ORIGIN_ZH],
  public_welfare_level: ['事权等级', 'public-welfare level', PUBLIC_WELFARE_LEVEL_ZH],
  tenure: ['权属', 'tenure', TENURE_ZH],
  area_mu100: ['面积', 'area', undefined, { zh: '亩', en: 'mu' }],
  right_registered: ['已确权登记', 'right registered', TRUTH],
  certificate_no: ['林权证号', 'certificate'],
  scope_decision: ['补偿范围决定', 'scope decision'],
  scope: ['补偿范围期间', 'days in scope'],
  land_kind: ['地类', 'land kind', LAND_KINDS],
  forest_use: ['林种', 'forest use', FOREST_USES],
  forest_subuse: ['亚林种', 'kind of use', FOREST_SUBUSE_ZH],
  forest_category: ['森林类别', 'forest category', FOREST_CATEGORIES],
  national_protection: ['国家级公益林保护等级', 'protection of national forest', ORDINALS],
  programme: ['工程类别', 'forestry programme', FORESTRY_PROGRAMMES],
  origin_detail: ['起源细分', 'origin in detail', ORIGIN_DETAILS],
  dominant_species: ['优势树种', 'dominant species'],
  canopy100: ['郁闭度', 'canopy'],
  volume_dm3: ['蓄积', 'volume', undefined, { zh: '立方米', en: 'm³' }],
  land_protection: ['林地保护等级', 'protection of the land', ORDINALS],
  land_tenure: ['林地权属', 'tenure of the land', LAND_TENURES],
  tree_tenure: ['林木权属', 'tenure of the trees', TREE_TENURES],
  operator_kind: ['经营主体', 'operator', PARTY_KIND_ZH],
  sink_zone: ['碳汇林划定区', 'sink zone', TRUTH],
  compartment: ['林班', 'compartment'],
  sub_compartment: ['小班号', 'sub-compartment'],
  patch: ['细班', 'patch'],
  map_patch_no: ['图斑号', 'map patch'],
  land_parcel_code: ['宗地代码', 'land code'],
  real_estate_unit_no: ['不动产单元号', 'real-estate unit'],
  real_estate_certificate_no: ['不动产权证号', 'real-estate certificate'],
  certificate_area_mu100: ['证载面积', 'area on the certificate', undefined, { zh: '亩', en: 'mu' }],
};

/** What people call a fact in Chinese, with its unit: 面积（亩）. */
export function factCalled(fact: StoredFact): string {
  const [zh, , , unit] = WORDS[fact];
  return unit ? `${zh}（${unit.zh}）` : zh;
}

/** One value as a person reads it. */
function valueSaid(fact: StoredFact, value: string | null): Said {
  if (value === null) return { zh: '无', en: 'none' };
  const [, , values, unit] = WORDS[fact];
  if (fact === 'scope') {
    const [from = '', to = ''] = writtenOf(fact, value).split('/');
    return to === ''
      ? { zh: `${from} 起`, en: `from ${from}` }
      : { zh: `${from} 至 ${to}`, en: `${from} to ${to}` };
  }
  const written = writtenOf(fact, value);
  return {
    zh: (values?.[value] ?? written) + (unit ? ` ${unit.zh}` : ''),
    en: written + (unit ? ` ${unit.en}` : ''),
  };
}

/** Every fact that changes, before → after, in the order of the table. */
export function changesSaid(before: Partial<StoredFacts>, after: Partial<StoredFacts>): Said {
  const said = STORED_FACTS.filter((fact) => fact in after).map((fact): Said => {
    const [zh, en] = WORDS[fact];
    const [was, is] = [valueSaid(fact, before[fact] ?? null), valueSaid(fact, after[fact] ?? null)];
    return { zh: `${zh} ${was.zh} → ${is.zh}`, en: `${en} ${was.en} → ${is.en}` };
  });
  return { zh: said.map(({ zh }) => zh).join('；'), en: said.map(({ en }) => en).join('; ') };
}
