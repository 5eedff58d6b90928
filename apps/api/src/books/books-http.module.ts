import { Module } from '@nestjs/common';

import type { OpenBookRefusal } from '@app/platform';
import { RegionsModule } from '@app/regions';
import { registerRefusals, type RefusalPresentation } from '../http';
import { BooksController } from './books.controller';

const BOOKS_STATUS: Record<OpenBookRefusal['code'], RefusalPresentation> = {
  BOOK_CODE_MALFORMED: { status: 422, detail: 'A book is named by lower-case letters, digits and hyphens.' },
  BOOK_EXISTS: { status: 409, detail: 'There is a book with this code already.' },
};

registerRefusals(BOOKS_STATUS);

@Module({ imports: [RegionsModule], controllers: [BooksController] })
export class BooksHttpModule {}
