import type { Principal } from '@app/identity';
import { HOUSE_BOOK, type Book, type WorkContext } from '@app/platform';

/** Who does what, where, for the unit of work and its audit row. */
export const contextOf = (
  principal: Principal,
  book: Book | typeof HOUSE_BOOK,
  action: string,
  subject?: string,
): WorkContext => {
  const bookId = book === HOUSE_BOOK ? HOUSE_BOOK : book.id;
  return {
    book: bookId,
    actor: principal.userId,
    scope: principal.assignments
      .filter((assignment) => assignment.bookId === bookId || assignment.bookId === HOUSE_BOOK)
      .map((assignment) => assignment.region),
    action,
    ...(subject === undefined ? {} : { subject }),
  };
};
