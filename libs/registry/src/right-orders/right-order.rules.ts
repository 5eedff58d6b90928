import { parseUnits, type Day } from '@app/kernel';
import { RIGHT_KIND_ZH } from '../registry.labels';
import type { RightKind } from '../registry.words';
import { WHOLE_PPM } from '../shares.rules';

/** 流转, 继承, 分割, 合并, 终止: why a right changes hands; 更正: it was never as recorded. */
export const RIGHT_ORDER_REASONS = [
  'transfer',
  'inheritance',
  'division',
  'merger',
  'end',
  'correction',
] as const;
export type RightOrderReason = (typeof RIGHT_ORDER_REASONS)[number];

/** A share as a clerk writes it. */
export interface WantedShare {
  readonly partyExternalNo: string;
  /** "50" or "33.3333", above 0 up to 100. */
  readonly sharePercent: string;
  readonly documentNo: string;
}

/** A share as an order keeps it. */
export interface OrderShare {
  readonly party: string;
  readonly externalNo: string;
  readonly sharePpm: bigint;
  readonly documentNo: string;
}

/** A share that holds now. */
export interface HeldShare extends OrderShare {
  readonly id: string;
  readonly from: Day;
  readonly to: Day | null;
}

export interface ShareFault {
  /** Counted from 1. */
  readonly row: number;
  readonly field: keyof WantedShare;
  readonly value: string;
  readonly code:
    'SHARE_MALFORMED' | 'SHARE_NOT_POSITIVE' | 'SHARES_OVER_WHOLE' | 'PARTY_REPEATED' | 'PARTY_UNKNOWN';
  readonly expected: string;
}

const PERCENT = { name: '%', scale: 4 };
const asPercent = (ppm: bigint): string => `${Number(ppm) / 10_000} %`;

/** All that is wrong with the shares, in one pass; `partyOf` gives the party of an external number. */
export function faultsOf(
  wanted: readonly WantedShare[],
  partyOf: (externalNo: string) => string | undefined,
): ShareFault[] {
  const faults: ShareFault[] = [];
  const rows = new Map<string, number>();
  let sum = 0n;
  for (const [index, { partyExternalNo, sharePercent }] of wanted.entries()) {
    const row = index + 1;
    const at = (field: keyof WantedShare, value: string) => ({ row, field, value: value.slice(0, 64) });
    const share = parseUnits(PERCENT, sharePercent);
    const expected = 'percent above 0 up to 100 with at most four decimals';
    if (!share.ok) faults.push({ ...at('sharePercent', sharePercent), code: 'SHARE_MALFORMED', expected });
    else if (share.value === 0n) {
      faults.push({ ...at('sharePercent', sharePercent), code: 'SHARE_NOT_POSITIVE', expected });
    } else {
      const left = sum < WHOLE_PPM ? WHOLE_PPM - sum : 0n;
      sum += share.value;
      if (share.value > left) {
        const most = `at most ${asPercent(left)}: that is what the rows before leave`;
        faults.push({ ...at('sharePercent', sharePercent), code: 'SHARES_OVER_WHOLE', expected: most });
      }
    }
    const party = at('partyExternalNo', partyExternalNo);
    const before = rows.get(partyExternalNo);
    if (before !== undefined) {
      faults.push({ ...party, code: 'PARTY_REPEATED', expected: `one row a party; row ${before} names it` });
    } else if (partyOf(partyExternalNo) === undefined) {
      faults.push({
        ...party,
        code: 'PARTY_UNKNOWN',
        expected: 'the external number of a party of this book that is not closed',
      });
    }
    if (before === undefined) rows.set(partyExternalNo, row);
  }
  return faults;
}

/** Shares without fault. */
export const sharesOf = (
  wanted: readonly WantedShare[],
  partyOf: (externalNo: string) => string | undefined,
): OrderShare[] =>
  wanted.map(({ partyExternalNo, sharePercent, documentNo }) => {
    const share = parseUnits(PERCENT, sharePercent);
    return {
      party: partyOf(partyExternalNo)!,
      externalNo: partyExternalNo,
      sharePpm: share.ok ? share.value : 0n,
      documentNo,
    };
  });

/** What has to be done so that `after` holds: what is the same stays as it is, with its document and first day. */
export function stepsOf(
  held: readonly HeldShare[],
  after: readonly OrderShare[],
): { ended: HeldShare[]; added: OrderShare[] } {
  const isSame = (share: HeldShare, other: OrderShare): boolean =>
    share.to === null &&
    share.party === other.party &&
    share.sharePpm === other.sharePpm &&
    share.documentNo === other.documentNo;
  return {
    ended: held.filter((share) => !after.some((other) => isSame(share, other))),
    added: after.filter((other) => !held.some((share) => isSame(share, other))),
  };
}

const listed = (shares: readonly OrderShare[], nobody: string, comma: string): string =>
  shares.length === 0
    ? nobody
    : shares.map(({ externalNo, sharePpm }) => `${externalNo} ${asPercent(sharePpm)}`).join(comma);

/** The change as a person reads it before it is decided. A correction says until when; null is open. */
export function summaryOf(order: {
  readonly parcel: string;
  readonly kind: RightKind;
  readonly from: Day;
  readonly reason?: RightOrderReason;
  readonly to?: Day | null;
  readonly before: readonly OrderShare[];
  readonly after: readonly OrderShare[];
}): { zh: string; en: string } {
  const { parcel, kind, from, before, after, to = null } = order;
  const [zh, en] = [
    `${listed(before, '无人', '、')} → ${listed(after, '无人', '、')}`,
    `${listed(before, 'nobody', ', ')} → ${listed(after, 'nobody', ', ')}`,
  ];
  if (order.reason === 'correction') {
    return {
      zh: `更正小班 ${parcel} 的${RIGHT_KIND_ZH[kind]}，${from} 起${to === null ? '' : `至 ${to}`}：${zh}`,
      en: `Corrected: from ${from}${to === null ? '' : ` to ${to}`} the ${kind} right to parcel ${parcel}: ${en}`,
    };
  }
  return {
    zh: `小班 ${parcel} 的${RIGHT_KIND_ZH[kind]}自 ${from} 起：${zh}`,
    en: `From ${from} the ${kind} right to parcel ${parcel}: ${en}`,
  };
}
