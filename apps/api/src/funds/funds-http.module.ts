import { Module } from '@nestjs/common';

import { FundsModule, type FundsRefusal } from '@app/funds';
import { registerRefusals, type RefusalPresentation } from '../http';
import { IndicatorsController } from './indicators.controller';

export const FUNDS_STATUS: Record<FundsRefusal['code'], RefusalPresentation> = {
  AMOUNT_NOT_POSITIVE: { status: 422, detail: 'The amount must be more than zero.' },
  INDICATOR_FIELD_WRONG: { status: 422, detail: 'A field of the indicator is not as expected.' },
  INDICATOR_EXISTS: { status: 409, detail: 'This document has already allotted to this project.' },
  INDICATOR_UNKNOWN: { status: 404, detail: 'There is no such indicator in this book.' },
  INDICATOR_INSUFFICIENT: { status: 409, detail: 'The indicator has less available than was asked for.' },
  NOT_ENOUGH_TO_RELEASE: { status: 409, detail: 'There is less to give back than was asked for.' },
};
registerRefusals(FUNDS_STATUS);

@Module({ imports: [FundsModule], controllers: [IndicatorsController] })
export class FundsHttpModule {}
