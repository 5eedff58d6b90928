import type { Day } from '@app/kernel';
import type { PartyKind } from '../registry.words';
import type { PartyFaultCode, PartyOrderFault } from './party-order.refusals';

const fault = (
  field: string,
  value: string | null,
  code: PartyFaultCode,
  zh: string,
  en: string,
): PartyOrderFault => ({
  ...{ row: null, field, value: value === null ? null : value.slice(0, 64), code, expected: { zh, en } },
});

/** What can be wrong with an order about a party, and what would be right. */
export const FAULTS = {
  closed: (field: string, externalNo: string, closedOn: Day) =>
    fault(
      ...([field, externalNo, 'PARTY_CLOSED'] as const),
      `未销户的主体（该主体 ${closedOn} 已销户）`,
      `a party that is there: this one is closed since ${closedOn}`,
    ),
  kind: (kind: PartyKind) =>
    fault('partyExternalNo', kind, 'PARTY_KIND_WRONG', '农户（household）', 'a household'),
  day: (day: string) =>
    fault('day', day, 'DATE_MALFORMED', '日期，如 2026-01-31', 'a day such as 2026-01-31'),
  early: (day: Day, earliest: Day) =>
    fault(
      ...(['day', day, 'DAY_TOO_EARLY'] as const),
      `不早于现有登记内容起始日 ${earliest}`,
      `a day not before ${earliest}, since when the present facts hold`,
    ),
  into: (externalNo?: string) =>
    fault(
      ...(['intoExternalNo', externalNo ?? null, 'PARTY_UNKNOWN'] as const),
      '并入的另一农户编号',
      'the external number of another household, the one it joins',
    ),
  payee: (externalNo: string) =>
    fault(
      ...(['partyExternalNo', externalNo, 'PARTY_HAS_PAYEE'] as const),
      '先终止其代收款安排',
      'nobody else who is paid in its place: end that first',
    ),
  notWanted: (field: string, value: string) =>
    fault(field, value, 'FIELD_NOT_WANTED', '该事项不填此项', 'nothing: the event does not ask for it'),
  personal: (field: string) =>
    fault(
      ...([field, null, 'PERSONAL_NUMBER_IN_TEXT'] as const),
      '不含身份证号、账号、电话的文本',
      'a text without an ID number, an account or a phone',
    ),
  inBook: (field: string, value: string | null) =>
    fault(
      ...([field, value, 'ALREADY_IN_BOOK'] as const),
      '账套中其他主体未使用的号码',
      'a number that no other party of the book has',
    ),
} as const;
