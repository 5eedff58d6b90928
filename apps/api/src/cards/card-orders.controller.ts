import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { PlaceOrder, QuoteOrder, RefundOrder, type Refund } from '@app/cards';
import { Policies, type Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { buyerOf, idempotencyKey } from './buyer';
import { PlaceOrderRequest, QuoteRequest } from './card-market.requests';
import { orderView, quoteView } from './card.presenters';

/** Quote, order and refund. What is paid comes in by notices. */
@Controller('books/:book')
export class CardOrdersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly quoteOrder: QuoteOrder,
    private readonly placeOrder: PlaceOrder,
    private readonly refundOrder: RefundOrder,
  ) {}

  /** What grams cost and where the money goes. Holds nothing. */
  @Post('card-quotes')
  @HttpCode(200)
  async quote(@BookParam() book: Book, @Body() body: QuoteRequest): Promise<object> {
    return quoteView(unwrap(await this.quoteOrder.execute(book.id, body.product, BigInt(body.grams))));
  }

  /** Holds the grams for the product's time. The same Idempotency-Key and body again: 200 and the same order. */
  @Post('card-orders')
  async place(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Headers('idempotency-key') header: string | undefined,
    @Body() body: PlaceOrderRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const buyerUser = buyerOf(principal);
    const key = idempotencyKey(header);
    const draft = { ...body, grams: BigInt(body.grams), buyerUser, key };
    const context = contextOf(principal, book, 'cards.place-order');
    const { order, replayed } = unwrap(
      await this.unitOfWork.run(context, (tx) => this.placeOrder.execute(tx, draft)),
    );
    if (replayed) void reply.status(200).header('Idempotency-Replayed', 'true');
    return orderView(order);
  }

  /** Gives back what no ride has used: the buyer's own order, or any order for a card operator. */
  @Post('card-orders/:id/refund')
  @HttpCode(200)
  async refund(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<Refund> {
    if (!isUuid(id)) return unwrap(refuse({ code: 'ORDER_UNKNOWN', order: id.slice(0, 64) }));
    const buyerUser = principal.kind === 'person' ? principal.userId : undefined;
    if (buyerUser === undefined) unwrap(Policies.require(principal, book.id, ['card-operator'], book.region));
    const context = contextOf(principal, book, 'cards.refund-order', `card-order/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.refundOrder.execute(tx, id, buyerUser)));
  }
}
