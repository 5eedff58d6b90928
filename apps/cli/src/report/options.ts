import { parseArgs } from 'node:util';

import { isDay } from '@app/kernel';
import { REPORT_KINDS, type ReportKind } from '@app/credits';

export interface ReportCommand {
  readonly book: string;
  readonly kind: ReportKind | 'mend';
  readonly region: string | undefined;
  readonly day: string | undefined;
  readonly against: string | undefined;
  readonly json: boolean;
}

export const USAGE = `report --book <code> --kind ${REPORT_KINDS.join('|')} [--region <code>] [--day <day>] [--against <day>] [--json]
report --book <code> --kind mend

Prints a statutory report of a book as tables, or as one JSON object. Reads only: DATABASE_URL may be the auditor's.
Exit code 0: printed; 2: it could not be.

  --region   county, township or village; the book's own when left out
  --day      as the book stood at the end of it; today by the book's clock when left out
  --against  an earlier day to compare with; the end of the year before for reports on what lies between
  --kind mend
             sums the book's rows again and adds today what its pages lack; "verify" says whether there is any. This
             writes: DATABASE_URL is the application's.`;

const KINDS: readonly string[] = [...REPORT_KINDS, 'mend'];

export function readOptions(args: readonly string[]): ReportCommand | { readonly problem: string } {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        book: { type: 'string' },
        kind: { type: 'string' },
        region: { type: 'string' },
        day: { type: 'string' },
        against: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { book, kind = '', region, day, against, json } = values;
  if (book === undefined) return { problem: '--book is missing' };
  if (!KINDS.includes(kind)) return { problem: `--kind is one of ${KINDS.join(', ')}` };
  for (const one of [day, against]) {
    if (one !== undefined && !isDay(one)) return { problem: `"${one}" is no day, YYYY-MM-DD` };
  }
  return { book, kind: kind as ReportCommand['kind'], region, day, against, json };
}
