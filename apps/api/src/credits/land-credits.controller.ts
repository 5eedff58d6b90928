import { Controller, Get, Query } from '@nestjs/common';

import { LandCredits, type CreditedChange } from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, type Page, pageOf } from '../http';
import { LandCreditsQuery } from './credits.requests';

const READERS = ['forestry-handler', 'forestry-reviewer', 'credit-registrar', 'auditor'];
const PAGE = 50;

/** Land whose facts were changed after its grams were issued. */
@Controller('books/:book/credited-land-changes')
export class LandCreditsController {
  constructor(private readonly credits: LandCredits) {}

  /** By parcel and year, in the caller's regions. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { cursor, limit }: LandCreditsQuery,
  ): Promise<Page<CreditedChange>> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const count = limit ?? PAGE;
    const found = await this.credits.changedSince(book.id, {
      ...{ scope, count: count + 1 },
      ...(cursor && { after: { year: Number(cursor.slice(0, 4)), parcel: cursor.slice(5) } }),
    });
    return pageOf(found, count, ({ year, parcel }) => `${year}/${parcel}`);
  }
}
