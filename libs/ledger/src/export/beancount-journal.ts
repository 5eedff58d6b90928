import { addDays, type Day } from '@app/kernel';
import { beancountAccount, beancountCommodity, decimalOf, plainText } from './names.rules';
import type { JournalEntry, JournalFormat, JournalPosting } from './journal';

const metadata = (pairs: readonly (readonly [string, string | null])[]): string[] =>
  pairs.flatMap(([name, value]) => (value === null ? [] : [`  ${name}: "${value}"`]));

const postingLine = ({ path, side, isParent, asset, scale, amount }: JournalPosting): string =>
  `  ${beancountAccount(path, side, isParent)}  ${decimalOf(amount, scale)} ${beancountCommodity(asset)}`;

/** beancount asserts a balance at the beginning of a day, so that of the evening stands on the next; no tolerance. */
const assertionsOf = (day: Day, postings: readonly JournalPosting[]): string[] =>
  postings
    .filter(({ isLastOfDay }) => isLastOfDay)
    .map(
      ({ path, side, isParent, asset, scale, balance }) =>
        `${addDays(day, 1)} balance ${beancountAccount(path, side, isParent)}  ${decimalOf(balance, scale)} ~ 0 ${beancountCommodity(asset)}`,
    );

const entryText = ({ day, of, postings }: JournalEntry): string =>
  [
    of ? `${day} * "${of.kind}"` : `${day} * "opening balances"`,
    ...(of
      ? metadata([
          ['seq', of.seq],
          ['id', of.id],
          ['reference', of.reference === null ? null : plainText(of.reference)],
          ['memo', of.memo],
          ['reverses', of.reverses],
          ['effective-at', of.effectiveAt],
          ['recorded-at', of.recordedAt],
        ])
      : []),
    ...postings.map(postingLine),
    ...assertionsOf(day, postings),
    '',
    '',
  ].join('\n');

export const BEANCOUNT: JournalFormat = {
  head: ({ book, seq, from, to }) =>
    [
      `; Book ${book} up to its entry ${seq}. Debits are positive.`,
      ...(from === null ? [] : [`; Effective after ${from}.`]),
      ...(to === null ? [] : [`; Effective up to ${to}.`]),
      '; An account is its side and its path: first letters are capitals here, XN stands before a hyphen,',
      '; and XO is the account itself where others lie under it.',
      `option "title" "${book}"`,
      '',
      '',
    ].join('\n'),
  asset: ({ code, unit, scale }) =>
    [
      `1970-01-01 commodity ${beancountCommodity(code)}`,
      ...metadata([
        ['code', code],
        ['unit', plainText(unit)],
        ['scale', String(scale)],
      ]),
      '',
    ].join('\n'),
  account: ({ path, side, isParent, assets }, first) =>
    `${first} open ${beancountAccount(path, side, isParent)}  ${assets.map(beancountCommodity).join(',')}\n`,
  entry: entryText,
};
