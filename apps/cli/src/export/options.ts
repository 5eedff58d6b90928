import { parseArgs } from 'node:util';

import { addDays, isDay, startOf } from '@app/kernel';
import { JOURNAL_FORMATS, type JournalFormatName, type JournalRange } from '@app/ledger';

export interface ExportCommand {
  readonly book: string;
  readonly format: JournalFormatName | 'archive';
  readonly range: JournalRange;
  /** Standard output when none is named. */
  readonly out: string | undefined;
}

export const USAGE = `export --book <code> --format hledger|ledger|beancount|archive [--from <day>] [--to <day>] [--out <file>]

Writes a book as a journal of a plain-text accounting tool, or as an archive for "import". Reads only: DATABASE_URL
may be the auditor's.

  --from, --to  of a journal: the first and the last day by effective time, YYYY-MM-DD in China, or an exact instant;
                what lies before becomes opening balances
  --out         the file to write, complete or not at all; standard output without it
                An archive is compressed, and holds the secrets of the seals: keep it like the database.`;

const FORMATS = [...Object.keys(JOURNAL_FORMATS), 'archive'];
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$/;

export function readOptions(args: readonly string[]): ExportCommand | { readonly problem: string } {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        book: { type: 'string' },
        format: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        out: { type: 'string' },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { book, format, from, to, out } = values;
  if (book === undefined) return { problem: '--book is missing' };
  if (format === undefined || !FORMATS.includes(format))
    return { problem: `--format is one of ${FORMATS.join(', ')}` };
  if (format === 'archive' && (from ?? to) !== undefined)
    return { problem: 'an archive is of the whole book' };
  for (const limit of [from, to]) {
    if (limit !== undefined && !isTime(limit))
      return { problem: `"${limit}" is neither a day nor an instant` };
  }
  return { book, format: format as ExportCommand['format'], range: rangeOf(from, to), out };
}

const isTime = (text: string): boolean =>
  isDay(text) || (INSTANT.test(text) && !Number.isNaN(Date.parse(text)));

/** A day begins after its first instant, which ends the day before: as the end of a period belongs to it. */
const rangeOf = (from: string | undefined, to: string | undefined): JournalRange => ({
  ...(from === undefined ? {} : { from: isDay(from) ? startOf(from).toISOString() : from }),
  ...(to === undefined ? {} : { to: isDay(to) ? startOf(addDays(to, 1)).toISOString() : to }),
});
