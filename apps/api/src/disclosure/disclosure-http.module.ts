import { Module } from '@nestjs/common';

import { DisclosureModule, type ReceiptRefusal } from '@app/disclosure';
import { registerRefusals, type RefusalPresentation } from '../http';
import { ReceiptsController } from './receipts.controller';

registerRefusals({
  RECEIPT_DAYS_WRONG: { status: 422, detail: 'Write two days that there are, the earlier one first.' },
  PLATFORM_ROWS_REFUSED: {
    status: 422,
    detail: 'Nothing was recorded. Mend the rows listed and send all again.',
  },
} satisfies Record<ReceiptRefusal['code'], RefusalPresentation>);

@Module({ imports: [DisclosureModule], controllers: [ReceiptsController] })
export class DisclosureHttpModule {}
