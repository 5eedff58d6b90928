import { writeWorkbook } from '@app/platform';
import type { ImportKind } from '../import/import-kind';
import { notesOf, sheetOf } from './people-sheet';

/** An empty workbook of a kind, to be filled in and imported. */
export const writeTemplate = (kind: ImportKind): AsyncGenerator<Buffer> =>
  writeWorkbook([sheetOf(kind, []), notesOf(kind)]);
