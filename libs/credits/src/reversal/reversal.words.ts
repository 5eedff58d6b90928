/** 火灾, 病虫害, 采伐, 占用或地类变更, 多计更正: why credited carbon is not there. */
export const REVERSAL_KINDS = ['fire', 'pest', 'felling', 'conversion', 'overestimate'] as const;
export type ReversalKind = (typeof REVERSAL_KINDS)[number];

export const KINDS_ZH: Readonly<Record<ReversalKind, string>> = {
  fire: '火灾',
  pest: '病虫害',
  felling: '采伐',
  conversion: '占用或地类变更',
  overestimate: '多计更正',
};

export const KINDS_EN: Readonly<Record<ReversalKind, string>> = {
  fire: 'fire',
  pest: 'pest',
  felling: 'felling',
  conversion: 'land taken or changed',
  overestimate: 'credited too much',
};

export type ReversalState = 'proposed' | 'approved' | 'rejected';
