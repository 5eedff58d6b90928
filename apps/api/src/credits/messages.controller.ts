import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { Messages, ReadMessage, type Message } from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { covers } from '@app/regions';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, pageOf, unwrap, type Page } from '../http';
import { MessagesQuery } from './messages.requests';

/** Who tells those who have no phone. */
const TELLERS = ['village-clerk'];
const READERS = [
  ...TELLERS,
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  'credit-registrar',
  'auditor',
];
const PAGE = 50;

/** What villages and the parties that live in them were told, and which of it was read. */
@Controller('books/:book/messages')
export class MessagesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly messages: Messages,
    private readonly readMessage: ReadMessage,
  ) {}

  /** The newest first, in the caller's regions. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { region, cursor, limit = PAGE }: MessagesQuery,
  ): Promise<Page<Message>> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    // What lies in both: a region may be wider than a post or narrower.
    const within = region === undefined ? scope : scope.filter((own) => covers(region, own));
    const regions = region !== undefined && scope.some((own) => covers(own, region)) ? [region] : within;
    if (regions.length === 0) requirePost(principal, book, READERS, region);
    const found = await this.messages.list(
      book.id,
      { regions, withParties: true },
      { count: limit + 1, ...(cursor !== undefined && { after: cursor }) },
    );
    return pageOf(found, limit, ({ id }) => id);
  }

  /** The village's own: what a household was told, it reads itself. */
  @Post(':id/read')
  @HttpCode(200)
  async read(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<{ id: string; readAt: Date }> {
    requirePost(principal, book, TELLERS);
    const to = { regions: Policies.regionsOf(principal, book.id, TELLERS) };
    const context = contextOf(principal, book, 'credits.read-message', 'message');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.readMessage.execute(tx, id, to)));
  }
}
