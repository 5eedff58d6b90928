import { Controller, Get, Param, Post } from '@nestjs/common';

import { IssueCertificate, MyCards, NAME_NOTE, VerifyCertificate } from '@app/cards';
import type { Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import type { Book } from '@app/platform';
import { CurrentPrincipal, Public } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { buyerOf } from './buyer';
import { certificateView, verifiedView } from './card.presenters';

/** The buyer's own cards, and certificates for whoever has their number. */
@Controller()
export class MyCardsController {
  constructor(
    private readonly myCards: MyCards,
    private readonly issueCertificate: IssueCertificate,
    private readonly verifyCertificate: VerifyCertificate,
  ) {}

  @Get('books/:book/my/cards')
  async list(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): Promise<object> {
    return { nameNote: NAME_NOTE, items: await this.myCards.list(book.id, buyerOf(principal)) };
  }

  /** Certifies what the card has retired since its last certificate. */
  @Post('books/:book/my/cards/:id/certificates')
  async certify(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<object> {
    const buyer = buyerOf(principal);
    if (!isUuid(id)) return unwrap(refuse({ code: 'CARD_UNKNOWN', card: id.slice(0, 64) }));
    const context = contextOf(principal, book, 'cards.issue-certificate', `card/${id}`);
    return certificateView(unwrap(await this.issueCertificate.execute(context, id, buyer)));
  }

  /** What a certificate says today, money included. */
  @Public()
  @Get('public/certificates/:number')
  async verify(@Param('number') number: string): Promise<object> {
    return verifiedView(unwrap(await this.verifyCertificate.execute(number)));
  }
}
