import { Controller, Get, Param } from '@nestjs/common';

import { SerialOrigins, type SerialLookup } from '@app/credits';
import type { Book } from '@app/platform';
import { Public } from '../auth';
import { BookParam, unwrap } from '../http';

/** Where every gram is, for everybody: its issuance, its village and what became of it. */
@Public()
@Controller('public/books/:book/serials')
export class SerialsController {
  constructor(private readonly origins: SerialOrigins) {}

  /** `610924100-2025-G1-17` or a run of them, `610924100-2025-G1-1-3000`. */
  @Get(':serial')
  async show(@BookParam() book: Book, @Param('serial') serial: string): Promise<SerialLookup> {
    return unwrap(await this.origins.lookUp(book.id, serial));
  }
}
