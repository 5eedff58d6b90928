import { Controller, Get } from '@nestjs/common';

import { HouseholdPayments, type HouseholdPayment } from '@app/compensation';
import type { Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam } from '../http';
import { phoneIndexOf } from '../registry/person';

/** A household's own compensation (我的补偿): each line, where its money is, and whom to ask. */
@Controller('books/:book/my/payments')
export class MyPaymentsController {
  constructor(private readonly payments: HouseholdPayments) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: HouseholdPayment[] }> {
    return { items: await this.payments.list(book, phoneIndexOf(principal)) };
  }
}
