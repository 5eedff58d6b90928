import type {
  AGE_GROUPS,
  FOREST_CLASSES,
  ORIGINS,
  PartyKind,
  PUBLIC_WELFARE_LEVELS,
  RightKind,
  TENURES,
} from './registry.words';

type Labels<Words extends readonly string[]> = Readonly<Record<Words[number], string>>;

/** What the words of the registry are called in Chinese: in files that people fill in, and in what they are told. */
export const PARTY_KIND_ZH: Readonly<Record<PartyKind, string>> = {
  household: '农户',
  person: '自然人',
  township: '乡镇',
  'village-committee': '村民委员会',
  'village-group': '村民小组',
  collective: '农村集体经济组织',
  cooperative: '合作社',
  'state-forest-farm': '国有林场',
  'project-builder': '项目建设主体',
  enterprise: '企业',
};

export const FOREST_CLASS_ZH: Labels<typeof FOREST_CLASSES> = {
  broadleaf: '阔叶林',
  mixed: '针阔混交林',
  conifer: '针叶林',
  bamboo: '竹林',
  economic: '经济林',
  tea: '茶园',
  shrub: '灌木林',
  wetland: '湿地',
  'farmland-reserved': '退耕地',
};

export const AGE_GROUP_ZH: Labels<typeof AGE_GROUPS> = {
  young: '幼龄林',
  middle: '中龄林',
  'near-mature': '近熟林',
  mature: '成熟林',
  'over-mature': '过熟林',
};

export const ORIGIN_ZH: Labels<typeof ORIGINS> = { natural: '天然', planted: '人工' };

export const PUBLIC_WELFARE_LEVEL_ZH: Labels<typeof PUBLIC_WELFARE_LEVELS> = {
  national: '国家级公益林',
  provincial: '省级公益林',
  prefecture: '市级公益林',
  county: '县级公益林',
  none: '非公益林',
};

export const TENURE_ZH: Labels<typeof TENURES> = { state: '国有', collective: '集体', individual: '个人' };

export const RIGHT_KIND_ZH: Readonly<Record<RightKind, string>> = {
  'land-ownership': '林地所有权',
  contract: '承包权',
  management: '经营权',
  'tree-ownership': '林木所有权',
  'carbon-income': '碳汇收益权',
};
