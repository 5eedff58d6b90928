import { Controller, Headers, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { isSignedBy, readNotice, ReceivePayment, type Receipt } from '@app/cards';
import { refuse } from '@app/kernel';
import { Environment, UnitOfWork, type Book } from '@app/platform';
import { Public } from '../auth';
import { BookParam, unwrap } from '../http';
import { RawBody } from './raw-body';

/** Where payment channels tell what was paid. Nobody signs in: the signature of the body is the proof. */
@Controller('books/:book/payment-notices')
export class PaymentNoticesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly environment: Environment,
    private readonly rawBody: RawBody,
    private readonly receivePayment: ReceivePayment,
  ) {}

  /** 201 for a notice that is new, 200 for one that was taken in before. */
  @Public()
  @Post()
  async receive(
    @BookParam() book: Book,
    @Headers('x-bank-signature') signature: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Receipt> {
    const body = this.rawBody.of(request);
    const key = this.environment.BANK_KEY;
    if (!key || !isSignedBy(key, body, signature)) return unwrap(refuse({ code: 'NOTICE_SIGNATURE_WRONG' }));
    const notice = unwrap(readNotice(body));
    const context = {
      book: book.id,
      actor: `channel/${notice.channel}`,
      action: 'cards.receive-payment',
      subject: `card-order/${notice.orderNo}`,
    };
    const receipt = unwrap(
      await this.unitOfWork.run(context, (tx) => this.receivePayment.execute(tx, notice)),
    );
    if (receipt.replayed) void reply.status(200);
    return receipt;
  }
}
