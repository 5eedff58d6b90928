/** What forest bureaus say of a parcel (GB/T 26424), in the order of the words' own tables, with the Chinese word. */
export const LAND_KINDS = {
  arbor: '乔木林地',
  bamboo: '竹林地',
  'special-shrub': '特殊灌木林地',
  'other-shrub': '其他灌木林地',
  sparse: '疏林地',
  'young-planted': '未成林造林地',
  'young-closed': '未成林封育地',
  nursery: '苗圃地',
  cutover: '采伐迹地',
  burnt: '火烧迹地',
  'other-treeless': '其他无立木林地',
  suitable: '宜林地',
  auxiliary: '林业辅助生产用地',
  wetland: '湿地',
  garden: '园地',
  farmland: '耕地',
} as const;

export const FOREST_USES = {
  protection: '防护林',
  special: '特种用途林',
  timber: '用材林',
  energy: '能源林',
  economic: '经济林',
} as const;
export type ForestUse = keyof typeof FOREST_USES;

/** 亚林种, each of one 林种. */
export const FOREST_SUBUSES = {
  'water-conservation': ['protection', '水源涵养林'],
  'soil-conservation': ['protection', '水土保持林'],
  'wind-sand': ['protection', '防风固沙林'],
  farmland: ['protection', '农田牧场防护林'],
  bank: ['protection', '护岸林'],
  road: ['protection', '护路林'],
  'other-protection': ['protection', '其他防护林'],
  defence: ['special', '国防林'],
  experiment: ['special', '实验林'],
  'seed-trees': ['special', '母树林'],
  environment: ['special', '环境保护林'],
  scenic: ['special', '风景林'],
  heritage: ['special', '名胜古迹和革命纪念林'],
  'nature-reserve': ['special', '自然保护林'],
  'short-rotation': ['timber', '短轮伐期用材林'],
  'fast-growing': ['timber', '速生丰产用材林'],
  'general-timber': ['timber', '一般用材林'],
  'oil-energy': ['energy', '油料能源林'],
  'wood-energy': ['energy', '木质能源林'],
  fruit: ['economic', '果树林'],
  edible: ['economic', '食用原料林'],
  industrial: ['economic', '林化工业原料林'],
  medicinal: ['economic', '药用林'],
  'other-economic': ['economic', '其他经济林'],
} as const satisfies Readonly<Record<string, readonly [ForestUse, string]>>;

export const FOREST_SUBUSE_ZH = Object.fromEntries(
  Object.entries(FOREST_SUBUSES).map(([word, [, zh]]) => [word, zh]),
) as Readonly<Record<keyof typeof FOREST_SUBUSES, string>>;

export const FOREST_CATEGORIES = { 'public-welfare': '公益林', commercial: '商品林' } as const;

export const FORESTRY_PROGRAMMES = {
  'natural-forest': '天然林保护',
  'farmland-return': '退耕还林',
  yangtze: '长江防护林',
  'three-north': '三北防护林',
  other: '其他工程',
} as const;

export const ORIGIN_DETAILS = {
  natural: '天然',
  planted: '人工',
  aerial: '飞播',
  coppice: '萌生',
} as const;

export const LAND_TENURES = { state: '国有', collective: '集体' } as const;
export const TREE_TENURES = { state: '国有', collective: '集体', individual: '个人', other: '其他' } as const;

/** 国家级公益林保护等级 and 林地保护等级. */
export const NATIONAL_PROTECTIONS = ['1', '2'] as const;
export const LAND_PROTECTIONS = ['1', '2', '3', '4'] as const;

export const keysOf = <const T extends object>(words: T): readonly (keyof T & string)[] =>
  Object.keys(words) as (keyof T & string)[];
