import { Controller, Get, HttpException, Param, Query } from '@nestjs/common';

import { dayOf, type Day } from '@app/kernel';
import { Policies, type Principal } from '@app/identity';
import { Books, type Book } from '@app/platform';
import { FraudGuards, GUARDS, type Guard, type GuardFilter, type GuardFinding } from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, pageOf } from '../http';
import { GuardQuery, GuardFindingsQuery } from './registry.requests';

const READERS = [
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  'finance-review',
  'payout-centre',
  'credit-registrar',
  'auditor',
];
const PAGE = 50;

/** What the guards against fraud find, for staff, each within their regions. */
@Controller('books/:book/registry-guards')
export class GuardsController {
  constructor(
    private readonly books: Books,
    private readonly guards: FraudGuards,
  ) {}

  /** Every guard with the number of its findings, as of a day: today unless another is asked for. */
  @Get()
  async counts(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { day }: GuardQuery,
  ): Promise<{ day: Day; guards: { guard: Guard; findings: number }[] }> {
    const filter = await this.filterFor(book, principal, day);
    return { day: filter.day, guards: await this.guards.counts(book.id, filter) };
  }

  /** The findings of one guard, by subject. */
  @Get(':guard/findings')
  async findings(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('guard') name: string,
    @Query() { day, cursor, limit }: GuardFindingsQuery,
  ): Promise<{ day: Day; items: GuardFinding[]; next: string | null }> {
    const filter = await this.filterFor(book, principal, day);
    const guard = GUARDS.find((known) => known === name);
    if (!guard) {
      const detail = 'There is no such guard. The list of guards tells their names.';
      throw new HttpException({ code: 'GUARD_UNKNOWN', detail, guards: GUARDS }, 404);
    }
    const count = limit ?? PAGE;
    const found = await this.guards.findings(book.id, guard, { ...filter, after: cursor, count: count + 1 });
    return { day: filter.day, ...pageOf(found, count, ({ subject }) => subject) };
  }

  private async filterFor(book: Book, principal: Principal, day?: Day): Promise<GuardFilter> {
    requirePost(principal, book, READERS);
    return {
      day: day ?? dayOf(await this.books.now(book.id)),
      scope: Policies.regionsOf(principal, book.id, READERS),
    };
  }
}
