import { Controller, Get } from '@nestjs/common';

import type { Principal } from '@app/identity';
import { Books, HOUSE_BOOK } from '@app/platform';
import { CurrentPrincipal } from '../auth';

interface MeView {
  readonly userId: string;
  readonly kind: Principal['kind'];
  /** A staff member's name; a person's phone, masked. */
  readonly displayName: string;
  /** `book` is a book's code, or null for every book; an empty region is every region. */
  readonly assignments: readonly {
    readonly book: string | null;
    readonly post: string;
    readonly region: string;
    readonly actingOrderNo?: string;
  }[];
}

@Controller('me')
export class MeController {
  constructor(private readonly books: Books) {}

  /** Who the caller is and what they may do where. */
  @Get()
  async show(@CurrentPrincipal() principal: Principal): Promise<MeView> {
    const { userId, kind, displayName, assignments } = principal;
    const codes = new Map((await this.books.list()).map(({ id, code }) => [id, code]));
    return {
      userId,
      kind,
      displayName,
      assignments: assignments.map(({ bookId, ...held }) => ({
        book: bookId === HOUSE_BOOK ? null : (codes.get(bookId) ?? null),
        ...held,
      })),
    };
  }
}
