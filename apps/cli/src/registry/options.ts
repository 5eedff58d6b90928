import { parseArgs } from 'node:util';

import { isDay } from '@app/kernel';
import { EXPORT_FORMATS, IMPORT_KINDS, type ExportFormat, type ImportKind } from '@app/registry';

interface Common {
  readonly book: string;
  readonly kind: ImportKind;
}

export type RegistryCommand =
  | (Common & {
      readonly does: 'export';
      readonly format: ExportFormat;
      readonly day: string | undefined;
      readonly region: string | undefined;
      readonly personal: 'masked' | 'whole';
      readonly out: string;
    })
  | (Common & { readonly does: 'import'; readonly file: string; readonly dryRun: boolean })
  | { readonly does: 'template'; readonly kind: ImportKind | typeof LIST; readonly out: string }
  | {
      readonly does: 'import-list';
      readonly book: string;
      readonly registry: string;
      readonly listOn: string;
      readonly source: string;
      readonly file: string;
      readonly dryRun: boolean;
    };

/** What other registries list is no kind of the book's own files: it holds land and gives none. */
export const LIST = 'external-list';

export const USAGE = `registry export --book <code> --kind <kind> --out <file.csv|file.xlsx> [--day <day>] [--region <code>] [--personal whole]
registry import --book <code> --kind <kind> --file <file.csv|file.xlsx> [--dry-run]
registry import-list --book <code> --registry <name> --list-on <day> --source <text> --file <file.csv|file.xlsx> [--dry-run]
registry template --kind <kind|external-list> --out <file.xlsx>

Kinds: ${IMPORT_KINDS.join(', ')}; into an empty book in this order. It needs the environment of the api: personal
numbers are sealed with its keys.

  --day       what held on that day, YYYY-MM-DD; all that is recorded without it
  --registry  whose list it is; --list-on the day of which it tells; --source where it was got
  --personal  whole: ID numbers, phones and accounts as they are, which an import needs; masked without it
  --dry-run   checks all of the file, tells what it would do, and loads nothing`;

export function readOptions(args: readonly string[]): RegistryCommand | { readonly problem: string } {
  const [does, ...rest] = args;
  try {
    const { values } = parseArgs({
      args: rest,
      options: {
        book: { type: 'string' },
        kind: { type: 'string' },
        file: { type: 'string' },
        out: { type: 'string' },
        day: { type: 'string' },
        region: { type: 'string' },
        personal: { type: 'string' },
        registry: { type: 'string' },
        'list-on': { type: 'string' },
        source: { type: 'string' },
        'dry-run': { type: 'boolean' },
      },
    });
    return commandOf(does, values);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

type Values = Readonly<
  Partial<
    Record<
      'book' | 'kind' | 'file' | 'out' | 'day' | 'region' | 'personal' | 'registry' | 'list-on' | 'source',
      string
    >
  >
> & {
  readonly 'dry-run'?: boolean;
};

type Problem = { readonly problem: string };

function commandOf(does: string | undefined, values: Values): RegistryCommand | Problem {
  const { book, file, out } = values;
  if (does === 'import-list') return listOf(values);
  if (does === 'template' && values.kind === LIST) {
    return out ? { does, kind: LIST, out } : { problem: '--out is missing' };
  }
  const kind = IMPORT_KINDS.find((known) => known === values.kind);
  if (!kind) return { problem: `--kind is one of ${IMPORT_KINDS.join(', ')}` };
  if (does === 'template') return out ? { does, kind, out } : { problem: '--out is missing' };
  if (book === undefined) return { problem: '--book is missing' };
  if (does === 'export') return exportOf(book, kind, values);
  if (does !== 'import') return { problem: 'say export, import, import-list or template' };
  const dryRun = values['dry-run'] ?? false;
  return file ? { does, book, kind, file, dryRun } : { problem: '--file is missing' };
}

function listOf(values: Values): RegistryCommand | Problem {
  const { book, registry, 'list-on': listOn, source, file } = values;
  if (book === undefined) return { problem: '--book is missing' };
  if (!registry || registry.includes('/') || registry.length > 30)
    return { problem: '--registry has 1 to 30 characters and no slash' };
  if (listOn === undefined || !isDay(listOn)) return { problem: '--list-on is a day, YYYY-MM-DD' };
  if (!source || source.length > 200) return { problem: '--source has 1 to 200 characters' };
  if (!file) return { problem: '--file is missing' };
  return { does: 'import-list', book, registry, listOn, source, file, dryRun: values['dry-run'] ?? false };
}

function exportOf(book: string, kind: ImportKind, values: Values): RegistryCommand | Problem {
  const { out, day, region, personal = 'masked' } = values;
  const format = EXPORT_FORMATS.find((known) => out?.endsWith(`.${known}`));
  if (out === undefined || !format) return { problem: '--out ends in .csv or .xlsx' };
  if (day !== undefined && !isDay(day)) return { problem: `"${day}" is no day` };
  if (personal !== 'masked' && personal !== 'whole') return { problem: '--personal is masked or whole' };
  return { does: 'export', book, kind, format, day, region, personal, out };
}
