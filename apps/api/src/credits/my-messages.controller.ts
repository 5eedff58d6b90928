import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { MyCards } from '@app/cards';
import { Messages, ReadMessage, type Addressees, type Message } from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { Registry } from '@app/registry';
import { CurrentPrincipal } from '../auth';
import { buyerOf } from '../cards/buyer';
import { BookParam, contextOf, pageOf, unwrap, type Page } from '../http';
import { phoneIndexOf } from '../registry/person';
import { MyMessagesQuery } from './messages.requests';

const PAGE = 50;

/** What a person is told: about the parties of their phone and about their cards. */
@Controller('books/:book/my/messages')
export class MyMessagesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: Registry,
    private readonly cards: MyCards,
    private readonly messages: Messages,
    private readonly readMessage: ReadMessage,
  ) {}

  /** The newest first. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { cursor, limit = PAGE }: MyMessagesQuery,
  ): Promise<Page<Message>> {
    const own = await this.ownOf(book, principal);
    const found = await this.messages.list(book.id, own, {
      count: limit + 1,
      ...(cursor !== undefined && { after: cursor }),
    });
    return pageOf(found, limit, ({ id }) => id);
  }

  /** Read again it was read when it was read first. */
  @Post(':id/read')
  @HttpCode(200)
  async read(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<{ id: string; readAt: Date }> {
    const own = await this.ownOf(book, principal);
    const context = contextOf(principal, book, 'credits.read-message', 'message');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.readMessage.execute(tx, id, own)));
  }

  private async ownOf(book: Book, principal: Principal): Promise<Addressees> {
    const [parties, cards] = await Promise.all([
      this.registry.partiesByPhone(book.id, phoneIndexOf(principal)),
      this.cards.ids(book.id, buyerOf(principal)),
    ]);
    return { parties: parties.map(({ id }) => id), cards };
  }
}
