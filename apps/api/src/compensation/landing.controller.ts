import { Controller, Get } from '@nestjs/common';

import { LandingList, type Landing } from '@app/compensation';
import type { Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam } from '../http';
import { rosterScope } from './roster-readers';

/** 「到县指标 / 已发 / 卡在哪个岗位几天」 */
@Controller('books/:book/landing')
export class LandingController {
  constructor(private readonly landing: LandingList) {}

  @Get()
  read(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): Promise<Landing> {
    return this.landing.read(book.id, rosterScope(principal, book));
  }
}
