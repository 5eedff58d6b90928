import { Injectable, Param, type PipeTransform } from '@nestjs/common';

import { Books, type Book } from '@app/platform';
import { registerRefusals, unwrap } from './refusal';

registerRefusals({ BOOK_UNKNOWN: { status: 404, detail: 'There is no book with this code.' } });

@Injectable()
export class BookPipe implements PipeTransform<string, Promise<Book>> {
  constructor(private readonly books: Books) {}

  async transform(code: string): Promise<Book> {
    return unwrap(await this.books.byCode(code));
  }
}

/** The book that `:book` in the path names, or 404 BOOK_UNKNOWN. */
export const BookParam = (): ParameterDecorator => Param('book', BookPipe);
