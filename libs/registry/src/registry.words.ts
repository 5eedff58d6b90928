/** The kinds of parties (rules.md 22). The first two words a person; all others are organisations. */
export const PARTY_KINDS = [
  'household',
  'person',
  'township',
  'village-committee',
  'village-group',
  'collective',
  'cooperative',
  'state-forest-farm',
  'project-builder',
  'enterprise',
] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

/** Kinds whose number is a resident's (身份证) and who act for themselves over HTTP. */
export const isNatural = (kind: PartyKind): boolean => kind === 'household' || kind === 'person';

export const FOREST_CLASSES = [
  'broadleaf',
  'mixed',
  'conifer',
  'bamboo',
  'economic',
  'tea',
  'shrub',
  'wetland',
  'farmland-reserved',
] as const;
export const AGE_GROUPS = ['young', 'middle', 'near-mature', 'mature', 'over-mature'] as const;
export const ORIGINS = ['natural', 'planted'] as const;
/** 事权等级: whose public-welfare forest it is. */
export const PUBLIC_WELFARE_LEVELS = ['national', 'provincial', 'prefecture', 'county', 'none'] as const;
export const TENURES = ['state', 'collective', 'individual'] as const;
/** 林地所有权, 承包权, 经营权, 林木所有权, 碳汇收益权 (rules.md 10). */
export const RIGHT_KINDS = [
  'land-ownership',
  'contract',
  'management',
  'tree-ownership',
  'carbon-income',
] as const;
export type RightKind = (typeof RIGHT_KINDS)[number];

/** 储备, 已计量, 已登记, 已锁定, 已注销 (rules.md 17). */
export const PARCEL_STATUSES = ['reserve', 'measured', 'registered', 'locked', 'cancelled'] as const;
export type ParcelStatus = (typeof PARCEL_STATUSES)[number];
