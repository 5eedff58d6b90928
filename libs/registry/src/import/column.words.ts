import { FACT_COLUMNS, type FactColumn } from '../parcel-facts/parcel-columns';
import { columnOf, STORED_FACTS } from '../parcel-facts/parcel-facts.rules';
import { factCalled } from '../parcel-facts/parcel-facts.words';
import type { ImportKind } from './import-kind';

export interface ColumnWords {
  readonly heading: string;
  /** What to write there, for who fills a file in. */
  readonly note: string;
  /** How a workbook shows it: a text unless said otherwise. */
  readonly form?: 'number' | 'hundredths' | 'day';
}

const day = (heading: string, note: string): ColumnWords => ({ heading, note, form: 'day' });

export const KIND_ZH: Readonly<Record<ImportKind, string>> = {
  parties: '权利人',
  parcels: '小班',
  rights: '权利',
  consents: '碳汇委托授权',
};

const FROM_LIST = '从列表中选择';

const PARTIES: Readonly<Record<string, ColumnWords>> = {
  external_no: { heading: '权利人编号', note: '自编编号，全县不重复；不得使用身份证号、手机号' },
  kind: { heading: '主体类型', note: FROM_LIST },
  name: { heading: '名称', note: '户主、个人姓名或单位名称' },
  region_code: { heading: '区划代码', note: '6、9 或 12 位行政区划代码' },
  id_number: { heading: '证件号', note: '农户、自然人必填 18 位居民身份证号；单位填统一社会信用代码或留空' },
  phone: { heading: '手机号', note: '11 位手机号或带区号的座机号；农户凭此登录' },
  bank: { heading: '开户行', note: '开户行、账号、户名同时填写或全部留空' },
  bank_account: { heading: '银行账号', note: '8 至 30 位数字' },
  account_holder: { heading: '户名', note: '银行账户的户名' },
};

/** What to write of a parcel's facts; its own name tells the rest. */
const FACT_NOTES: Readonly<Partial<Record<FactColumn, string>>> = {
  area_mu: '大于 0，最多两位小数',
  right_registered: '是 或 否',
  certificate_no: '林权证号或不动产权证号',
  scope_decision: '与补偿起始日期同时填写或同时留空',
  scope_from: '日期，如 2026-01-31',
  scope_to: '最后一日（含）；长期有效则留空',
  forest_category: '须与事权等级一致',
  national_protection: '仅国家级公益林填写',
  origin_detail: '须与起源一致',
  dominant_species: '树种或树种组的名称',
  canopy: '0 至 1，最多两位小数，如 0.65',
  volume_m3: '最多三位小数',
  compartment: '1 至 8 位数字或字母',
  sub_compartment: '1 至 8 位数字或字母',
  patch: '1 至 8 位数字或字母',
  map_patch_no: '森林资源图上的图斑号',
  land_parcel_code: '19 位宗地代码',
  real_estate_unit_no: '28 位不动产单元号，以宗地代码开头',
  real_estate_certificate_no: '如 陕(2023)紫阳县不动产权第0000001号',
  certificate_area_mu: '证书所载面积，最多两位小数',
};
const FORMS: Readonly<Partial<Record<FactColumn, ColumnWords['form']>>> = {
  area_mu: 'hundredths',
  certificate_area_mu: 'hundredths',
  canopy: 'hundredths',
  volume_m3: 'number',
  scope_from: 'day',
  scope_to: 'day',
};
const FACTS = new Map(STORED_FACTS.map((fact) => [columnOf(fact), fact]));

function factWords(column: FactColumn): ColumnWords {
  const fact = FACTS.get(column);
  const form = FORMS[column];
  const heading = fact === undefined || fact === 'scope' ? SCOPE[column] : factCalled(fact);
  return { heading: heading ?? column, note: FACT_NOTES[column] ?? FROM_LIST, ...(form && { form }) };
}
const SCOPE: Readonly<Partial<Record<FactColumn, string>>> = {
  scope_from: '补偿起始日期',
  scope_to: '补偿截止日期',
};

const PARCELS: Readonly<Record<string, ColumnWords>> = {
  parcel_code: { heading: '小班编号', note: '全县不重复' },
  land_unit_code: { heading: '地块单元编号', note: '小班所在的林地；多个小班可在同一单元' },
  village_code: { heading: '村代码', note: '12 位村级行政区划代码' },
  ...Object.fromEntries(
    (Object.keys(FACT_COLUMNS) as FactColumn[]).map((column) => [column, factWords(column)]),
  ),
};

const RIGHTS: Readonly<Record<string, ColumnWords>> = {
  parcel_code: { heading: '小班编号', note: '已登记的小班' },
  party_external_no: { heading: '权利人编号', note: '已登记的权利人' },
  right_kind: { heading: '权利类型', note: FROM_LIST },
  share_percent: {
    heading: '份额（%）',
    note: '大于 0、不超过 100，最多四位小数，不写 %；同一小班同一权利任一日合计不超过 100',
    form: 'number',
  },
  valid_from: day('起始日期', '日期，如 2026-01-31'),
  valid_to: day('截止日期', '最后一日（含）；长期有效则留空'),
  document_no: { heading: '依据文号', note: '合同、权证或决定的编号' },
};

const CONSENTS: Readonly<Record<string, ColumnWords>> = {
  party_external_no: { heading: '权利人编号', note: '已登记的权利人' },
  share_percent: {
    heading: '委托份额（%）',
    note: '大于 0、不超过 100，最多四位小数，不写 %',
    form: 'number',
  },
  valid_from: day('起始日期', '日期，如 2026-01-31'),
  valid_to: day('截止日期', '最后一日（含），必填'),
  document_no: { heading: '授权书编号', note: '碳汇委托授权书或成员决议的编号' },
  witness: { heading: '见证人', note: '代写、代签时的见证人' },
  signed_on: day('签署日期', '不晚于今日'),
};

const WORDS: Readonly<Record<ImportKind, Readonly<Record<string, ColumnWords>>>> = {
  parties: PARTIES,
  parcels: PARCELS,
  rights: RIGHTS,
  consents: CONSENTS,
};

/** What people are told of a column. */
export const wordsOf = (kind: ImportKind, column: string): ColumnWords =>
  WORDS[kind][column] ?? { heading: column, note: '' };
