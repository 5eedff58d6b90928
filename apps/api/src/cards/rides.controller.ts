import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';

import { RecordRides, Settlements, type RidesTaken } from '@app/cards';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { RecordRidesRequest } from './card-market.requests';
import { settlementView } from './card.presenters';

const SETTLEMENT_READERS = ['card-operator', 'payout-centre', 'finance-review', 'auditor'];

/** The operator's side: rides in, settlements out. */
@Controller('books/:book')
export class RidesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly recordRides: RecordRides,
    private readonly settlements: Settlements,
  ) {}

  /** Takes in a carrier's batch, all of it or none. Sending it again changes nothing. */
  @Post('rides')
  @HttpCode(202)
  async record(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: RecordRidesRequest,
  ): Promise<RidesTaken> {
    requirePost(principal, book, ['card-operator']);
    const rides = body.rides.map(({ rideNo, cardNumber, at, metres }) => ({
      rideNo,
      cardNumber,
      at: new Date(at),
      metres: BigInt(metres),
    }));
    const context = contextOf(principal, book, 'cards.record-rides');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.recordRides.execute(tx, rides)));
  }

  /** Settlement statements (结算单), newest first; a closed one is what a market-rail payout is planned from. */
  @Get('settlements')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: object[] }> {
    requirePost(principal, book, SETTLEMENT_READERS);
    return { items: (await this.settlements.list(book.id)).map(settlementView) };
  }
}
