import type { LandCause, LandStatus } from '../one-book/land.rules';
import type { SerialState } from '../reads/serial-origins';
import type { ReportKind, Words } from './report';

const words = (zh: string, en: string): Words => ({ zh, en });

export const TITLES: Readonly<Record<ReportKind, Words>> = {
  'one-book': words('碳汇一本账', 'The one book'),
  'balance-sheet': words('自然资源资产负债表（森林）', 'Natural-resource balance sheet (forest)'),
  gep: words('生态产品总值核算：固碳', 'Gross ecosystem product: carbon fixation'),
  lulucf: words('温室气体清单：土地利用变化和林业活动数据', 'Greenhouse gas inventory: LULUCF activity data'),
  reserve: words('储备地块报告', 'Reserve of parcels'),
  audit: words('领导干部自然资源资产离任审计资料', 'Material for the audit of a leaving official'),
};

export const CLASSES: Readonly<Record<string, Words>> = {
  broadleaf: words('阔叶林', 'Broadleaf'),
  mixed: words('混交林', 'Mixed'),
  conifer: words('针叶林', 'Conifer'),
  bamboo: words('竹林', 'Bamboo'),
  economic: words('经济林', 'Economic forest'),
  tea: words('茶园', 'Tea garden'),
  shrub: words('灌木林', 'Shrub'),
  wetland: words('湿地', 'Wetland'),
  'farmland-reserved': words('划定耕地', 'Reserved as farmland'),
};

export const AGES: Readonly<Record<string, Words>> = {
  young: words('幼龄林', 'Young'),
  middle: words('中龄林', 'Middle-aged'),
  'near-mature': words('近熟林', 'Near-mature'),
  mature: words('成熟林', 'Mature'),
  'over-mature': words('过熟林', 'Over-mature'),
};

export const ORIGINS: Readonly<Record<string, Words>> = {
  natural: words('天然', 'Natural'),
  planted: words('人工', 'Planted'),
};

export const STATUSES: Readonly<Record<LandStatus, Words>> = {
  reserve: words('储备', 'Reserve'),
  measured: words('已计量', 'Measured'),
  registered: words('已登记', 'Registered'),
  locked: words('已锁定', 'Locked'),
  cancelled: words('已注销', 'Cancelled'),
  closed: words('已变更为新地块', 'Became other parcels'),
};

export const CAUSES: Readonly<Record<LandCause | 'growth', Words>> = {
  opening: words('期初登记', 'Recorded before the sums began'),
  new: words('新登记', 'Newly recorded'),
  closed: words('注销', 'Cancelled'),
  reopened: words('恢复', 'Reopened'),
  moved: words('区划调整', 'Moved to another village'),
  reclassified: words('类型变更', 'Class changed'),
  aged: words('龄组变化', 'Age group changed'),
  area: words('面积变更', 'Area changed'),
  split: words('分割', 'Split'),
  merge: words('合并', 'Merged'),
  renumber: words('改号', 'Renumbered'),
  redraw: words('重划', 'Drawn anew'),
  status: words('状态变化', 'Status changed'),
  registration: words('确权登记', 'Right registered'),
  mended: words('账目订正', 'Sums mended'),
  growth: words('蓄积与参数', 'Volumes and figures'),
};

export const STATES: Readonly<Record<SerialState, Words>> = {
  holding: words('供给方持有', 'Held by suppliers'),
  'reserved-grams': words('订单占用', 'Held for orders'),
  card: words('已认购未注销', 'On buyers’ cards'),
  retired: words('已注销登记', 'Retired'),
  buffer: words('缓冲量', 'Buffer'),
  cancelled: words('已作废', 'Cancelled'),
  external: words('转出其他平台', 'On other platforms'),
};

export const wordOf = (names: Readonly<Record<string, Words>>, value: string): Words =>
  names[value] ?? words(value, value);

/** What every report says of its figures; claims.md knows no more of them. */
export const NOTES = {
  ledger: words(
    '本表为本账簿计量与登记数字，不是CCER，不得用于全国碳排放权交易市场配额清缴抵销。',
    'Figures measured and registered in this book. They are no CCER and serve no compliance in the national market.',
  ),
  rehearsal: words(
    '【演练】本表出自演练账簿，不是真实数字。',
    'REHEARSAL: this is of a rehearsal book. Its figures are not real.',
  ),
  recorded: words(
    '数字以账簿记录日为准：所列日期之后补记的变更记入其记录日，不改变本表。',
    'A day holds what was recorded up to its end: what is corrected later counts on the day it is recorded.',
  ),
  illustrative: words('示例系数，非核定值', 'Illustrative coefficients, not approved values'),
  stock: words(
    '碳储量是存量，不是当年碳汇量，不登记、不出售。',
    'Stock is what stands, not what grew: it is never issued.',
  ),
  noPrice: words('无核定单价，不列价值', 'No value without an approved price'),
  withheld: words(
    '有林地的农户不足三户的村并入同镇其他村合计。',
    'Villages in which fewer than three households have land are summed with others of their township.',
  ),
} as const;

/** 地类. */
export const LAND_KINDS: Readonly<Record<string, Words>> = {
  arbor: words('乔木林地', 'Arbor forest'),
  bamboo: words('竹林地', 'Bamboo forest'),
  'special-shrub': words('特殊灌木林地', 'Special shrub'),
  'other-shrub': words('一般灌木林地', 'Other shrub'),
  sparse: words('疏林地', 'Sparse forest'),
  'young-planted': words('未成林造林地', 'Young plantation'),
  'young-closed': words('未成林封育地', 'Young closed forest'),
  nursery: words('苗圃地', 'Nursery'),
  cutover: words('采伐迹地', 'Cut over'),
  burnt: words('火烧迹地', 'Burnt'),
  'other-treeless': words('其他无立木林地', 'Other treeless forest land'),
  suitable: words('宜林地', 'Suitable for forest'),
  auxiliary: words('林业辅助生产用地', 'Auxiliary'),
  wetland: words('湿地', 'Wetland'),
  garden: words('园地', 'Garden'),
  farmland: words('耕地', 'Farmland'),
};
