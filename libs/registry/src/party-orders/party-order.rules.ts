import type { Day } from '@app/kernel';
import type { PartyKind } from '../registry.words';

/** 分户, 并户, 销户, 户主变更, 更正: what happens to a party. */
export const PARTY_EVENTS = ['split', 'merge', 'close', 'head', 'correct'] as const;
export type PartyEvent = (typeof PARTY_EVENTS)[number];

/** What a clerk says of a party as it will be. Left out: as it is. */
export interface WantedFacts {
  /** Of the household that a split makes. */
  readonly externalNo?: string | undefined;
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  readonly idNumber?: string | undefined;
  /** Null: it has none any more. */
  readonly phone?: string | null | undefined;
}
export type FactField = keyof WantedFacts;

/** What is known of a party, its personal numbers sealed. */
export interface PartyFacts {
  readonly externalNo: string;
  readonly name: string;
  readonly region: string;
  readonly idNumberSealed: Buffer | null;
  readonly idNumberIndex: Buffer | null;
  readonly phoneSealed: Buffer | null;
  readonly phoneIndex: Buffer | null;
}

/** What each event asks for, and whose events it can be. */
export const EVENT_TERMS: Readonly<
  Record<
    PartyEvent,
    {
      readonly households: boolean;
      readonly required: readonly FactField[];
      readonly optional: readonly FactField[];
      readonly wantsOther: boolean;
      readonly wantsMoves: boolean;
    }
  >
> = {
  split: {
    households: true,
    required: ['externalNo', 'name', 'idNumber'],
    optional: ['region', 'phone'],
    wantsOther: false,
    wantsMoves: true,
  },
  merge: { households: true, required: [], optional: [], wantsOther: true, wantsMoves: false },
  close: { households: false, required: [], optional: [], wantsOther: false, wantsMoves: true },
  head: {
    households: true,
    required: ['name', 'idNumber'],
    optional: ['phone'],
    wantsOther: false,
    wantsMoves: false,
  },
  correct: {
    households: false,
    required: [],
    optional: ['name', 'region', 'idNumber', 'phone'],
    wantsOther: false,
    wantsMoves: false,
  },
};

export const endsParty = (event: PartyEvent): boolean => event === 'merge' || event === 'close';
export const suits = (event: PartyEvent, kind: PartyKind): boolean =>
  !EVENT_TERMS[event].households || kind === 'household';

/** The facts that differ, by field. */
export function changedFields(before: PartyFacts, after: PartyFacts): FactField[] {
  const differs = (a: Buffer | null, b: Buffer | null): boolean =>
    a === null || b === null ? a !== b : !a.equals(b);
  const changed: FactField[] = [];
  if (before.name !== after.name) changed.push('name');
  if (before.region !== after.region) changed.push('region');
  if (differs(before.idNumberIndex, after.idNumberIndex)) changed.push('idNumber');
  if (differs(before.phoneIndex, after.phoneIndex)) changed.push('phone');
  return changed;
}

const FIELDS: Readonly<Record<FactField, { zh: string; en: string }>> = {
  externalNo: { zh: '编号', en: 'number' },
  name: { zh: '名称', en: 'name' },
  region: { zh: '所属地区', en: 'region' },
  idNumber: { zh: '证件号', en: 'ID number' },
  phone: { zh: '电话', en: 'phone' },
};

export interface ToldOrder {
  readonly event: PartyEvent;
  readonly party: { readonly externalNo: string };
  readonly other: { readonly externalNo: string } | null;
  readonly day: Day;
  readonly changed: readonly FactField[];
  readonly moves: readonly unknown[];
  readonly staying: readonly unknown[];
}

/** The event as a person reads it before it is decided: numbers of parties, no names. */
export function eventWords(order: ToldOrder): { zh: string; en: string } {
  const { event, day, changed } = order;
  const [who, other] = [order.party.externalNo, order.other?.externalNo ?? ''];
  const [moves, stay] = [order.moves.length, order.staying.length];
  switch (event) {
    case 'split':
      return {
        zh: `${who} 自 ${day} 起分户，新户 ${other}；变动权利 ${moves} 项`,
        en: `From ${day} household ${other} splits off ${who}; rights that move: ${moves}`,
      };
    case 'merge':
      return {
        zh: `${who} 自 ${day} 起并入 ${other}，原户销户；变动权利 ${moves} 项`,
        en: `From ${day} ${who} joins ${other} and is closed; rights that move: ${moves}`,
      };
    case 'close':
      return {
        zh: `${who} 自 ${day} 起销户；变动权利 ${moves} 项，留待处理 ${stay} 项`,
        en: `From ${day} ${who} is closed; rights that move: ${moves}, that nobody takes over yet: ${stay}`,
      };
    case 'head':
      return { zh: `${who} 自 ${day} 起变更户主`, en: `From ${day} ${who} has another head` };
    case 'correct': {
      const [zh, en] = [
        changed.map((field) => FIELDS[field].zh).join('、'),
        changed.map((field) => FIELDS[field].en).join(', '),
      ];
      return { zh: `${who} 自 ${day} 起更正：${zh}`, en: `From ${day} ${who} has another ${en}` };
    }
  }
}
