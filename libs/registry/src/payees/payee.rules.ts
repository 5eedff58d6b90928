import { isDay, type Day } from '@app/kernel';

/** 监护人, 继承人, 受让人, 代领人: why another is paid in a holder's place. */
export const PAYEE_REASONS = ['guardian', 'heir', 'transferee', 'proxy'] as const;
export type OrderedPayeeReason = (typeof PAYEE_REASONS)[number];
/** 并入户 comes by the event itself. */
export type PayeeReason = OrderedPayeeReason | 'merged';

export const PAYEE_REASON_WORDS: Readonly<Record<PayeeReason, { readonly zh: string; readonly en: string }>> =
  {
    guardian: { zh: '监护人', en: 'guardian' },
    heir: { zh: '继承人', en: 'heir' },
    transferee: { zh: '受让人', en: 'transferee' },
    proxy: { zh: '代领人', en: 'proxy' },
    merged: { zh: '并入户', en: 'household it joined' },
  };

/** Whose account it is when it is another's than the holder's. */
export interface PayeeOf {
  readonly externalNo: string;
  readonly name: string;
  readonly reason: PayeeReason;
  readonly reasonZh: string;
  readonly reasonEn: string;
}

export const payeeOf = (externalNo: string, name: string, reason: PayeeReason): PayeeOf => ({
  ...{ externalNo, name, reason },
  ...{ reasonZh: PAYEE_REASON_WORDS[reason].zh, reasonEn: PAYEE_REASON_WORDS[reason].en },
});

export interface PayeeTerm {
  readonly from: Day;
  readonly to: Day | null;
}

/** Why the days will not do; undefined when they will. */
export function termFault(
  { from, to }: PayeeTerm,
  reason: OrderedPayeeReason | null,
  today: Day,
): 'day' | 'order' | 'over' | 'open' | undefined {
  if (!isDay(from) || from < '1900-01-01' || (to !== null && !isDay(to))) return 'day';
  if (to !== null && to < from) return 'order';
  if (to !== null && to < today) return 'over';
  return reason === 'proxy' && to === null ? 'open' : undefined;
}

export interface ToldPayee {
  readonly party: string;
  readonly payee: string | null;
  readonly reason: OrderedPayeeReason | null;
  readonly from: Day;
  readonly to: Day | null;
}

/** The order as a person reads it before it is decided: numbers of parties, no names. */
export function payeeWords({ party, payee, reason, from, to }: ToldPayee): { zh: string; en: string } {
  if (payee === null || reason === null) {
    return { zh: `自 ${from} 起 ${party} 的款项付其本人`, en: `From ${from} ${party} is paid itself` };
  }
  const { zh, en } = PAYEE_REASON_WORDS[reason];
  return {
    zh: `自 ${from} 起${to === null ? '' : `至 ${to} 止，`}${party} 的款项付${zh} ${payee}`,
    en: `From ${from}${to === null ? '' : ` to ${to}`} what is due to ${party} is paid to ${payee}, its ${en}`,
  };
}
