import { Module } from '@nestjs/common';

import { DisbursementModule, type DisbursementRefusal } from '@app/disbursement';
import { registerRefusals, type RefusalPresentation } from '../http';
import { BatchesController } from './batches.controller';
import { ReturnsController } from './returns.controller';

export const DISBURSEMENT_STATUS: Record<DisbursementRefusal['code'], RefusalPresentation> = {
  BASIS_EMPTY: { status: 422, detail: 'A payment basis has at least one line.' },
  BASIS_TOTAL_DIFFERS: { status: 422, detail: 'The lines do not sum to the total of their basis.' },
  BASIS_REUSED: { status: 409, detail: 'This source already has a payment basis with other content.' },
  LINE_AMOUNT_NOT_POSITIVE: { status: 422, detail: 'Every line pays more than zero.' },
  NOTHING_TO_PAY: { status: 409, detail: 'Nothing is pending here, or another operator has just taken it.' },
  TWO_STEPS_BY_ONE: { status: 403, detail: 'Whoever took a step on the source may not pay it out as well.' },
  LINE_UNKNOWN: { status: 404, detail: 'There is no such payment line in this book.' },
  LINE_REPEATED: { status: 422, detail: 'A line is named twice.' },
  LINE_STATE_WRONG: { status: 409, detail: 'Only a returned line can be paid again.' },
  REISSUE_ABOVE_FAILED: { status: 422, detail: 'A reissue never pays more than failed.' },
  REISSUE_NEEDS_CORRECTION: { status: 409, detail: 'Correct the bank account first.' },
  REISSUE_WITHOUT_ACCOUNT: { status: 409, detail: 'The payee has no bank account on record.' },
  CORRECTED_BY_ONESELF: { status: 403, detail: 'Whoever corrected the account may not reissue as well.' },
  LINES_TOO_MANY: { status: 422, detail: 'Reissue fewer lines at once.' },
  RAIL_CANNOT_STOP: { status: 422, detail: 'On the market rail a line is reissued whole.' },
  BATCH_UNKNOWN: { status: 404, detail: 'There is no such batch in this book.' },
  BATCH_NOT_SUBMITTED: { status: 409, detail: 'The bank has not been given this batch.' },
};
registerRefusals(DISBURSEMENT_STATUS);

@Module({ imports: [DisbursementModule], controllers: [BatchesController, ReturnsController] })
export class DisbursementHttpModule {}
