import { Controller, Get } from '@nestjs/common';

import { HouseholdCredits, type PartyCredits } from '@app/credits';
import type { Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { Registry } from '@app/registry';
import { CurrentPrincipal } from '../auth';
import { BookParam } from '../http';
import { phoneIndexOf } from '../registry/person';

/** A household's credits: what its land took up, where the grams are, and how each figure came about. */
@Controller('books/:book/my/credits')
export class MyCreditsController {
  constructor(
    private readonly registry: Registry,
    private readonly householdCredits: HouseholdCredits,
  ) {}

  /** The parties of the caller's phone; empty for somebody whose phone no party has. */
  @Get()
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: (PartyCredits & { name: string })[] }> {
    const own = await this.registry.partiesByPhone(book.id, phoneIndexOf(principal));
    const credits = await this.householdCredits.of(
      book.id,
      own.map(({ id }) => id),
    );
    return { items: credits.map((item, index) => ({ name: own[index]!.name, ...item })) };
  }
}
