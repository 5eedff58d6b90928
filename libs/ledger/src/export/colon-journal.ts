import { colonPath, decimalOf, plainText, quotedCommodity } from './names.rules';
import type { JournalEntry, JournalFormat, JournalHead, JournalPosting } from './journal';

/** What hledger and ledger read alike: `date * (code) description`, tags below, a balance asserted at each posting. */
const entryText = ({ day, of, postings }: JournalEntry): string =>
  [
    of ? `${day} * (${of.seq}) ${of.kind}` : `${day} * opening balances`,
    ...(of ? tagsOf(of) : []),
    ...postings.map(postingLine),
    '',
    '',
  ].join('\n');

const tagsOf = ({
  id,
  reference,
  memo,
  reverses,
  effectiveAt,
  recordedAt,
}: NonNullable<JournalEntry['of']>): string[] =>
  [
    ['id', id],
    ['reference', reference === null ? null : plainText(reference)],
    ['memo', memo],
    ['reverses', reverses],
    ['effectiveAt', effectiveAt],
    ['recordedAt', recordedAt],
  ].flatMap(([name, value]) => (value == null ? [] : [`    ; ${name}: ${value}`]));

const postingLine = ({ path, asset, scale, amount, balance }: JournalPosting): string => {
  const commodity = quotedCommodity(asset);
  return `    ${colonPath(path)}  ${decimalOf(amount, scale)} ${commodity} = ${decimalOf(balance, scale)} ${commodity}`;
};

const headLines = ({ book, seq, from, to }: JournalHead): string =>
  [
    `; Book ${book} up to its entry ${seq}. Debits are positive.`,
    ...(from === null ? [] : [`; Effective after ${from}.`]),
    ...(to === null ? [] : [`; Effective up to ${to}.`]),
    '; A segment of an account is what stands between the slashes of its path; percent signs are bytes of UTF-8.',
    '',
    '',
  ].join('\n');

/** A number in the form all numbers of the commodity have. hledger wants the point even without decimals. */
const sample = (scale: number): string => `1000.${'0'.repeat(scale)}`;

export const HLEDGER: JournalFormat = {
  head: (head) => `${headLines(head)}decimal-mark .\n\n`,
  asset: ({ code, unit, scale }) =>
    `commodity ${sample(scale)} ${quotedCommodity(code)}  ; unit: ${plainText(unit)}\n`,
  account: ({ path }) => `account ${colonPath(path)}\n`,
  entry: entryText,
};

const TAGS = ['id', 'reference', 'memo', 'reverses', 'effectiveAt', 'recordedAt'];

/** `ledger --pedantic` wants every tag said beforehand. */
export const LEDGER: JournalFormat = {
  head: (head) => `${headLines(head)}${TAGS.map((tag) => `tag ${tag}\n`).join('')}\n`,
  asset: ({ code, unit, scale }) =>
    `commodity ${quotedCommodity(code)}\n    note ${plainText(unit)}\n    format ${
      scale === 0 ? '1000' : sample(scale)
    } ${quotedCommodity(code)}\n`,
  account: ({ path }) => `account ${colonPath(path)}\n`,
  entry: entryText,
};
