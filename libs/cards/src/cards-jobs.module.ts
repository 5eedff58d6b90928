import { Module } from '@nestjs/common';

import { CardJobHandlers } from './card-job-handlers';
import { CardsModule } from './cards.module';

/** The worker's half: who runs this lib's jobs. */
@Module({ imports: [CardsModule], providers: [CardJobHandlers] })
export class CardsJobsModule {}
