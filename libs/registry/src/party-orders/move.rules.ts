import type { Day } from '@app/kernel';
import { share as shareReader } from '../import/cell.rules';
import type { Expected } from '../import/import-error';
import type { RightKind } from '../registry.words';
import type { HeldShare, OrderShare } from '../right-orders/right-order.rules';
import type { OrderedParcel } from '../right-orders/right-order.store';
import type { PartyFaultCode, PartyOrderFault } from './party-order.refusals';

/** A right, or a part of it, that goes to somebody with the event, as a clerk writes it. */
export interface WantedMove {
  readonly parcelCode: string;
  readonly kind: RightKind;
  /** Who gets it; of a split always the new household. */
  readonly toExternalNo?: string | undefined;
  /** Of the whole right, "50" or "33.3333"; all that the party holds when left out. */
  readonly sharePercent?: string | undefined;
}

/** All who hold one right to one parcel from a day on. */
export interface HeldRight {
  readonly parcel: OrderedParcel;
  readonly kind: RightKind;
  readonly shares: readonly HeldShare[];
}

/** A share as it will be: `to` is the last day, as of what it was made from. */
export type MovedShare = OrderShare & { readonly to: Day | null };

/** What an order does to one right to one parcel. */
export interface RightMove {
  readonly parcel: OrderedParcel;
  readonly kind: RightKind;
  readonly before: readonly HeldShare[];
  readonly after: readonly MovedShare[];
}

export interface Receiver {
  readonly id: string;
  readonly externalNo: string;
}

export interface MoveTerms {
  /** The party whose rights move. */
  readonly party: string;
  readonly documentNo: string;
  /** The first day of the new shares. */
  readonly from: Day;
  readonly held: readonly HeldRight[];
  readonly receiverOf: (move: WantedMove) => Receiver | undefined;
}

const expected = (zh: string, en: string): Expected => ({ zh, en });

interface Part {
  readonly receiver: Receiver;
  readonly ppm: bigint;
}

/** What the wanted moves come to, and all that is wrong with them in one pass. */
export function movesOf(
  wanted: readonly WantedMove[],
  terms: MoveTerms,
): { moves: RightMove[]; faults: PartyOrderFault[] } {
  const faults: PartyOrderFault[] = [];
  const taken = new Map<HeldRight, Part[]>();
  for (const [index, move] of wanted.entries()) {
    const add: AddFault = (field, value, code, what) => {
      faults.push({ row: index + 1, field, value: value.slice(0, 64), code, expected: what });
    };
    const receiver = terms.receiverOf(move);
    if (!receiver) add('toExternalNo', move.toExternalNo ?? '', 'PARTY_UNKNOWN', RECEIVER);
    else if (receiver.id === terms.party) add('toExternalNo', receiver.externalNo, 'RECEIVER_WRONG', ANOTHER);
    const right = terms.held.find(
      ({ parcel, kind }) => parcel.code === move.parcelCode && kind === move.kind,
    );
    const own = right?.shares.find(({ party }) => party === terms.party);
    const parts = (right && taken.get(right)) ?? [];
    const left = (own?.sharePpm ?? 0n) - sumOf(parts);
    const ppm = partOf(move, left, own !== undefined, add);
    if (!right || !own) {
      add('parcelCode', move.parcelCode, 'RIGHT_NOT_HELD', HELD);
      continue;
    }
    if (!receiver) continue;
    judgeReceiver({ receiver, right, own, parts, from: terms.from }, move, add);
    taken.set(right, [...parts, { receiver, ppm }]);
  }
  if (faults.length > 0) return { moves: [], faults };
  return { moves: [...taken].map(([right, parts]) => moveOf(right, parts, terms)), faults };
}

type AddFault = (field: string, value: string, code: PartyFaultCode, what: Expected) => void;
const sumOf = (parts: readonly Part[]): bigint => parts.reduce((sum, { ppm }) => sum + ppm, 0n);

/** How much of a right moves; all that is left when it is not said. */
function partOf({ sharePercent }: WantedMove, left: bigint, isHeld: boolean, add: AddFault): bigint {
  const share = sharePercent === undefined ? undefined : shareReader(sharePercent);
  if (share && !share.ok) add('sharePercent', sharePercent!, share.reason.code, share.reason.expected);
  const part = share === undefined ? left : share.ok ? share.value : 0n;
  if (isHeld && (part > left || left === 0n)) {
    const most = `${Number(left) / 10_000} %`;
    const what = expected(`不超过尚余的 ${most}`, `at most ${most}: that is what is left`);
    add('sharePercent', sharePercent ?? '', 'SHARES_OVER_HELD', what);
  }
  return part;
}

/** One party has one right to a parcel a day, and a share that begins on the day or later cannot end on it. */
function judgeReceiver(
  {
    receiver,
    right,
    own,
    parts,
    from,
  }: { receiver: Receiver; right: HeldRight; own: HeldShare; parts: readonly Part[]; from: Day },
  move: WantedMove,
  add: AddFault,
): void {
  const theirs = right.shares.find(({ party }) => party === receiver.id);
  const later = [own, theirs].find((share) => share && share.from >= from);
  if (later) {
    const what = expected(`${later.from} 之后的日期`, `a day after ${later.from}: a share begins then`);
    add('parcelCode', move.parcelCode, 'RIGHTS_CHANGE_LATER', what);
  }
  if (parts.some((other) => other.receiver.id === receiver.id)) {
    add('toExternalNo', receiver.externalNo, 'RIGHT_REPEATED', ONCE);
  }
  if (theirs && theirs.to !== own.to) {
    add('toExternalNo', receiver.externalNo, 'SHARES_END_APART', SAME_END);
  }
}

function moveOf(
  { parcel, kind, shares }: HeldRight,
  parts: readonly Part[],
  { party, documentNo }: MoveTerms,
): RightMove {
  const own = shares.find((share) => share.party === party)!;
  const rest = own.sharePpm - sumOf(parts);
  const after = shares.flatMap((share): MovedShare[] => {
    if (share.party === party) return rest === 0n ? [] : [{ ...plain(share), sharePpm: rest }];
    const more = parts.find(({ receiver }) => receiver.id === share.party);
    return [more ? { ...plain(share), sharePpm: share.sharePpm + more.ppm, documentNo } : plain(share)];
  });
  const added = parts
    .filter(({ receiver }) => shares.every((share) => share.party !== receiver.id))
    .map(({ receiver, ppm }): MovedShare => ({
      ...{ party: receiver.id, externalNo: receiver.externalNo, documentNo },
      ...{ sharePpm: ppm, to: own.to },
    }));
  return { parcel, kind, before: shares, after: [...after, ...added] };
}

const plain = ({ party, externalNo, sharePpm, documentNo, to }: HeldShare): MovedShare => ({
  ...{ party, externalNo, sharePpm, documentNo, to },
});

/** The shares that end and those that begin: what nobody touched stays, with its document and first day. */
export function moveSteps({ before, after }: RightMove): { ended: HeldShare[]; added: MovedShare[] } {
  const isSame = (a: MovedShare, b: MovedShare): boolean =>
    a.party === b.party && a.sharePpm === b.sharePpm && a.documentNo === b.documentNo && a.to === b.to;
  return {
    ended: before.filter((share) => !after.some((other) => isSame(share, other))),
    added: after.filter((share) => !before.some((other) => isSame(share, other))),
  };
}

const RECEIVER = expected(
  '本账套中未销户主体的编号',
  'the external number of a party of this book that is not closed',
);
const ANOTHER = expected('另一主体', 'another party');
const HELD = expected('该主体当日持有的权利', 'a right to a parcel that the party holds on that day');
const ONCE = expected('同一权利对同一接收方只写一行', 'one row for a right and who gets it');
const SAME_END = expected(
  '接收方原有份额期限相同；否则先以权利变更令处理',
  'a share of theirs that ends on the same day; else change it by an order of rights first',
);
