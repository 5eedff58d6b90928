import { Module } from '@nestjs/common';

import type { FileUnknown, StoreFileRefusal } from '@app/platform';
import { registerRefusals, type RefusalPresentation } from '../http';
import { FilesController } from './files.controller';

export const FILES_STATUS: Record<(StoreFileRefusal | FileUnknown)['code'], RefusalPresentation> = {
  FILE_EMPTY: { status: 422, detail: 'The file is empty. Choose the file again.' },
  FILE_TOO_LARGE: { status: 413, detail: 'The file is larger than is kept. Scan it smaller, or in parts.' },
  FILE_TYPE_UNKNOWN: {
    status: 415,
    detail: 'What is in the file is none of the types that are kept. Save it as one of them.',
  },
  FILE_TYPE_DIFFERS: {
    status: 422,
    detail: 'The file is not what its name or media type says. Call it what it is, or choose the right file.',
  },
  FILE_NAME_WRONG: { status: 422, detail: 'The name has signs that no file name has, or is too long.' },
  FILE_UNKNOWN: { status: 404, detail: 'There is no such file in this book.' },
  PERSONAL_NUMBER_IN_TEXT: {
    status: 422,
    detail: 'This text is kept in clear: leave ID numbers, accounts and phones out of it.',
  },
};
registerRefusals(FILES_STATUS);

@Module({ controllers: [FilesController] })
export class FilesHttpModule {}
