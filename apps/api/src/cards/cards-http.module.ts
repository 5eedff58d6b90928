import { Module } from '@nestjs/common';

import { CardsModule } from '@app/cards';
import { CardMarketController } from './card-market.controller';
import { CardOrdersController } from './card-orders.controller';
import './card-refusals';
import { MyCardsController } from './my-cards.controller';
import { PaymentNoticesController } from './payment-notices.controller';
import { RawBody } from './raw-body';
import { RidesController } from './rides.controller';

@Module({
  imports: [CardsModule],
  controllers: [
    CardMarketController,
    CardOrdersController,
    MyCardsController,
    PaymentNoticesController,
    RidesController,
  ],
  providers: [RawBody],
})
export class CardsHttpModule {}
