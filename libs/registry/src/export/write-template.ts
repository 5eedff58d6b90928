import { writeWorkbook } from '@app/platform';
import type { FileOfRows } from '../import/file-of-rows';
import type { ImportKind } from '../import/import-kind';
import { fileOf, notesOfFile, sheetOfFile } from './people-sheet';

/** An empty workbook of a kind, to be filled in and imported. */
export const writeTemplate = (kind: ImportKind): AsyncGenerator<Buffer> => writeTemplateOf(fileOf(kind));

/** The same of whatever file of rows another lib takes. */
export const writeTemplateOf = (file: FileOfRows): AsyncGenerator<Buffer> =>
  writeWorkbook([sheetOfFile(file, []), notesOfFile(file)]);
