import { Body, Controller, Post } from '@nestjs/common';

import { CreateStaff, type Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { CreateStaffRequest } from './staff.requests';

@Controller('books/:book/staff')
export class StaffController {
  constructor(private readonly createStaff: CreateStaff) {}

  /** An administrator gives somebody a login, and posts in this book. */
  @Post()
  async create(
    @CurrentPrincipal() principal: Principal,
    @BookParam() book: Book,
    @Body() request: CreateStaffRequest,
  ): Promise<{ userId: string; login: string }> {
    const context = contextOf(principal, book, 'identity.create-staff');
    return unwrap(await this.createStaff.execute(principal, context, request));
  }
}
