import { Module } from '@nestjs/common';

import { CreditsModule, type FigureRefusal, type ReportRefusal, type VoucherRefusal } from '@app/credits';
import { RegistryModule } from '@app/registry';
import { registerRefusals, type RefusalPresentation } from '../http';
import { AccountingFiguresController } from './accounting-figures.controller';
import { GreenVouchersController } from './green-vouchers.controller';
import { OneBookController } from './one-book.controller';
import { ReportsController } from './reports.controller';

registerRefusals({
  REGION_NOT_IN_BOOK: { status: 422, detail: 'This book keeps no account of that region.' },
  REPORT_DAY_WRONG: {
    status: 422,
    detail: 'A report is of a day that is there, up to today, and is compared with an earlier one.',
  },
  PLACE_WITHHELD: {
    status: 403,
    detail: 'So few households have land here that its figures would tell of one. Read the larger place.',
  },
  FIGURE_REFUSED: { status: 422, detail: 'Nothing was recorded. Mend the fields listed and send it again.' },
  FIGURE_UNKNOWN: { status: 404, detail: 'This book has proposed no such figure.' },
  FIGURE_DECIDED: { status: 409, detail: 'This figure was decided before. Propose another.' },
  FIGURE_BY_SAME_PERSON: { status: 403, detail: 'Whoever proposed a figure may not decide on it.' },
  FIGURE_SAME_DAY: {
    status: 409,
    detail: 'Another figure for the same is approved from this very day. Propose one from another day.',
  },
  VOUCHERS_REFUSED: { status: 422, detail: 'No voucher was given. Leave out or mend the plots listed.' },
  VOUCHER_UNKNOWN: { status: 404, detail: 'There is no voucher of this number. Compare it with the paper.' },
} satisfies Record<
  Exclude<ReportRefusal['code'], 'REGION_UNKNOWN'> | FigureRefusal['code'] | VoucherRefusal['code'],
  RefusalPresentation
>);

@Module({
  imports: [CreditsModule, RegistryModule],
  controllers: [AccountingFiguresController, GreenVouchersController, OneBookController, ReportsController],
})
export class ReportsHttpModule {}
