import { invariant, present } from '@app/kernel';
import { textOfMicros } from '../instant';

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
 * The lines as JSON, newest first. The order of the names is part of the answer. Texts without anything to escape are
 * put together as they are: fifty objects on their way through a serialiser cost more than the rest of the request.
 */
export function linesJson(columns: PageColumns, kindOf: (id: string) => string): string {
  const [versions, seqs, ids, kinds] = [columns.versions, columns.seqs, columns.ids, columns.kinds].map(
    listOf,
  ) as [string[], string[], string[], string[]];
  const [amounts, balances] = [listOf(columns.amounts), listOf(columns.balances)];
  const [recorded, effective] = [listOf(columns.recorded), listOf(columns.effective)];
  const [references, memos] = [textsOf(columns.references), textsOf(columns.memos)];
  let json = '[';
  for (let i = 0; i < versions.length; i += 1) {
    // Nothing promises the order in which rows are put together; a page in another one would tell a wrong story.
    invariant(
      i === 0 || BigInt(at(versions, i)) < BigInt(at(versions, i - 1)),
      'a page runs from new to old',
    );
    const amount = at(amounts, i);
    const recordedAt = textOfMicros(BigInt(at(recorded, i)));
    const effectiveAt = effective[i] === recorded[i] ? recordedAt : textOfMicros(BigInt(at(effective, i)));
    const moved = amount.startsWith('-') ? `credit":"${amount.slice(1)}` : `debit":"${amount}`;
    json +=
      `${i === 0 ? '' : ','}{"version":"${at(versions, i)}","seq":"${at(seqs, i)}","entryId":"${at(ids, i)}",` +
      `"kind":"${kindOf(at(kinds, i))}","${moved}","balanceAfter":"${at(balances, i)}",` +
      `"recordedAt":"${recordedAt}","effectiveAt":"${effectiveAt}",` +
      `"reference":${JSON.stringify(references?.[i] ?? null)},"memo":${JSON.stringify(memos?.[i] ?? null)}}`;
  }
  return `${json}]`;
}

export const lastOf = (columns: Pick<PageColumns, 'versions'>): string =>
  present(listOf(columns.versions).at(-1), 'a page with lines has a last one');

/** Elements that need no quotes: numbers and ids. */
const listOf = (text: string): string[] => text.slice(1, -1).split(',');

const textsOf = (json: string | null): (string | null)[] | null =>
  json === null ? null : (JSON.parse(json) as (string | null)[]);

const at = (list: readonly string[], index: number): string =>
  present(list[index], 'every column has every line');
