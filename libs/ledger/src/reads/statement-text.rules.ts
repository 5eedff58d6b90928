import { invariant, present } from '@app/kernel';

/** Lines of one page as the database gives them: a column each, every one an array of PostgreSQL in text. */
export interface PageColumns {
  readonly versions: string;
  readonly seqs: string;
  readonly ids: string;
  readonly kinds: string;
  readonly amounts: string;
  readonly balances: string;
  /** Microseconds since 1970, as are those below. */
  readonly recorded: string;
  readonly effective: string;
  /** JSON; null when no line of the page has one. */
  readonly references: string | null;
  readonly memos: string | null;
}

/**
 * The lines as JSON, newest first. The order of the names is part of the answer. Nearly all of a line is texts
 * without anything to escape, put together as they are: fifty objects, their numbers and dates on their way through
 * a serialiser cost more than the rest of the request.
 */
export function linesJson(columns: PageColumns, kindOf: (id: string) => string): string {
  const versions = listOf(columns.versions);
  invariant(versions.every(isBelow), 'a page runs from new to old');
  const seqs = listOf(columns.seqs);
  const ids = listOf(columns.ids);
  const kinds = listOf(columns.kinds);
  const amounts = listOf(columns.amounts);
  const balances = listOf(columns.balances);
  const recorded = listOf(columns.recorded);
  const effective = listOf(columns.effective);
  const all = [seqs, ids, kinds, amounts, balances, recorded, effective];
  invariant(
    all.every(({ length }) => length === versions.length),
    'every column has every line',
  );
  const references = textsOf(columns.references);
  const memos = textsOf(columns.memos);
  const lines = versions.map((version, i) => {
    const recordedAt = instantOf(recorded[i]);
    const effectiveAt = effective[i] === recorded[i] ? recordedAt : instantOf(effective[i]);
    return (
      `{"version":"${version}","seq":"${seqs[i]}","entryId":"${ids[i]}","kind":"${kindOf(kinds[i] ?? '')}",` +
      `"${movedOf(amounts[i] ?? '')}","balanceAfter":"${balances[i]}",` +
      `"recordedAt":"${recordedAt}","effectiveAt":"${effectiveAt}",` +
      `"reference":${textOf(references, i)},"memo":${textOf(memos, i)}}`
    );
  });
  return `[${lines.join(',')}]`;
}

export const lastOf = (columns: Pick<PageColumns, 'versions'>): string =>
  present(listOf(columns.versions).at(-1), 'a page with lines has a last one');

/** Elements that need no quotes: numbers and ids. */
const listOf = (text: string): string[] => text.slice(1, -1).split(',');

const textsOf = (json: string | null): (string | null)[] | null =>
  json === null ? null : (JSON.parse(json) as (string | null)[]);

const textOf = (texts: (string | null)[] | null, i: number): string =>
  texts === null ? 'null' : JSON.stringify(texts[i] ?? null);

/**
 * Nothing promises the order in which rows are put together, and a page in another one would tell a wrong story.
 * Whole numbers of no sign: the longer is the greater, and of one length the one that sorts later.
 */
function isBelow(version: string, i: number, versions: readonly string[]): boolean {
  const before = versions[i - 1];
  return (
    before === undefined ||
    version.length < before.length ||
    (version.length === before.length && version < before)
  );
}

const movedOf = (amount: string): string =>
  amount.startsWith('-') ? `credit":"${amount.slice(1)}` : `debit":"${amount}`;

const TWO_DIGITS = Array.from({ length: 100 }, (_none, n) => String(n).padStart(2, '0'));
const DAY_SECONDS = 86_400;
/** The day that was written last: lines of one page often share theirs, and writing a date is slow. */
let written = { day: Number.NaN, text: '' };

/** As text of whole microseconds, which a double holds exactly for two centuries yet. */
function instantOf(micros: string | undefined): string {
  const value = Number(micros);
  const second = Math.floor(value / 1e6);
  const day = Math.floor(second / DAY_SECONDS);
  if (day !== written.day) {
    written = { day, text: new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 11) };
  }
  const left = second - day * DAY_SECONDS;
  const minutes = Math.floor(left / 60);
  const time = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[left % 60]}`;
  return `${written.text}${time}.${String(value - second * 1e6).padStart(6, '0')}Z`;
}
