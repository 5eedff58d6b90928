import type { Words } from './report';

const words = (zh: string, en: string): Words => ({ zh, en });

export const ORDER_WORDS: Readonly<Record<string, Words>> = {
  right: words('权利变更令', 'About rights'),
  parcel: words('地块事实变更令', 'About facts of parcels'),
  land: words('地块分合令', 'About splitting and merging'),
  party: words('户变更令', 'About households'),
  payee: words('代领令', 'About payees'),
};

export const REASONS: Readonly<Record<string, Words>> = {
  transfer: words('流转', 'Transfer'),
  inheritance: words('继承', 'Inheritance'),
  division: words('分割', 'Division'),
  merger: words('合并', 'Merger'),
  end: words('终止', 'End'),
  survey: words('调查', 'Survey'),
  correction: words('更正', 'Correction'),
  growth: words('生长', 'Growth'),
  'land-use': words('地类变化', 'Land use'),
  certificate: words('证书', 'Certificate'),
  scope: words('补偿范围', 'Scope'),
  split: words('分', 'Split'),
  merge: words('并', 'Merge'),
  renumber: words('改号', 'Renumber'),
  redraw: words('重划', 'Redraw'),
  close: words('销户', 'Close'),
  head: words('户主变更', 'Change of head'),
  correct: words('更正', 'Correction'),
  guardian: words('监护人', 'Guardian'),
  heir: words('继承人', 'Heir'),
  transferee: words('受让人', 'Transferee'),
  proxy: words('代领', 'Proxy'),
  other: words('其他', 'Other'),
};

export const REVERSALS: Readonly<Record<string, Words>> = {
  fire: words('火灾', 'Fire'),
  pest: words('病虫害', 'Pest'),
  felling: words('采伐', 'Felling'),
  conversion: words('占用或地类变更', 'Conversion of land'),
  overestimate: words('多计更正', 'Overestimate corrected'),
};

export const GUARD_WORDS: Readonly<Record<string, Words>> = {
  'holder-missing': words('无权利人', 'Holder missing'),
  'shares-incomplete': words('份额不足百分之百', 'Shares incomplete'),
  'certificate-repeated': words('同一证书多次', 'Certificate repeated'),
  'account-shared': words('多人同一账户', 'Account shared'),
  'account-missing': words('无账户', 'Account missing'),
  'person-in-several-villages': words('同一人多村', 'Person in several villages'),
  'area-outlier': words('户均面积异常', 'Area of a household out of the ordinary'),
};
