import { Controller, Get, Param } from '@nestjs/common';

import { Uniqueness, type LandUniqueness } from '@app/credits';
import type { Book } from '@app/platform';
import { Public } from '../auth';
import { BookParam, unwrap } from '../http';

/** For which days a piece of land is counted, and by whom, for everybody. It names nobody. */
@Public()
@Controller('public/books/:book/land')
export class LandController {
  constructor(private readonly uniqueness: Uniqueness) {}

  /** The code of a parcel or of a land unit. */
  @Get(':code')
  async show(@BookParam() book: Book, @Param('code') code: string): Promise<LandUniqueness> {
    return unwrap(await this.uniqueness.ofLand(book.id, code));
  }
}
