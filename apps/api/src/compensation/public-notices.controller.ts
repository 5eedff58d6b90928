import { Controller, Get, Header, Query } from '@nestjs/common';

import { PublicNotice, type NoticeHead, type NoticeView } from '@app/compensation';
import type { Book } from '@app/platform';
import { Public } from '../auth';
import { BookParam, unwrap } from '../http';
import { LinesPage } from './roster.requests';
import { RosterId } from './roster-param';

const LINES_PAGE = 100;

/** The notice board (公示), for anyone: names while the notice is up, no number of a person ever. */
@Public()
@Controller('public/books/:book/rosters')
export class PublicNoticesController {
  constructor(private readonly publicNotice: PublicNotice) {}

  /** What is on notice now. */
  @Get()
  async list(@BookParam() book: Book): Promise<{ items: NoticeHead[] }> {
    return { items: await this.publicNotice.list(book.id) };
  }

  /** Not for search engines: names come down with the notice. */
  @Get(':id/notice')
  @Header('x-robots-tag', 'noindex, noarchive')
  @Header('cache-control', 'no-store')
  async read(
    @BookParam() book: Book,
    @RosterId() id: string,
    @Query() { cursor, limit }: LinesPage,
  ): Promise<NoticeView> {
    const after = cursor === undefined ? undefined : Number(cursor);
    return unwrap(await this.publicNotice.read(book.id, id, { after, limit: limit ?? LINES_PAGE }));
  }
}
