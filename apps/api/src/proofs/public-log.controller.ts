import { Controller, Get, Param, Query } from '@nestjs/common';

import { refuse } from '@app/kernel';
import { LogReader, type Published } from '@app/ledger';
import type { Book } from '@app/platform';
import { toHex } from '@app/proof';
import { Public } from '../auth';
import { BookParam, unwrap } from '../http';

const SIZE = /^[1-9]\d{0,17}$/;
const SHOWN_MAX = 32;

/**
 * The log of a book as everybody may see it. Nothing in it tells of an entry: leaves are salted, and nobody but a
 * reader of the book is given a salt.
 */
@Controller('public/books/:book')
export class PublicLogController {
  constructor(private readonly log: LogReader) {}

  /** The last checkpoint, and the key that checks its signature. */
  @Public()
  @Get('checkpoints')
  async latest(@BookParam() book: Book): Promise<object> {
    return this.present(unwrap(await this.log.checkpoint(book.id)));
  }

  /** The checkpoint of that many seals. */
  @Public()
  @Get('checkpoints/:size')
  async show(@BookParam() book: Book, @Param('size') size: string): Promise<object> {
    const found = SIZE.test(size)
      ? await this.log.checkpoint(book.id, BigInt(size))
      : refuse({ code: 'CHECKPOINT_UNKNOWN', size: size.slice(0, SHOWN_MAX) });
    return this.present(unwrap(found));
  }

  /** Proves that the log of `to` seals begins with the log of `from`: `?from=3&to=12`. */
  @Public()
  @Get('consistency')
  async consistency(
    @BookParam() book: Book,
    @Query('from') from: unknown,
    @Query('to') to: unknown,
  ): Promise<object> {
    const [first, last] = [sizeOf(from), sizeOf(to)];
    const path = unwrap(await this.log.consistency(book.id, first, last));
    return { from: first, to: last, path: path.map(toHex) };
  }

  private present({ origin, size, note }: Published): object {
    return { origin, vkey: this.log.vkey(origin), size, note };
  }
}

/** Zero for whatever is no size: no log is that small. */
const sizeOf = (text: unknown): bigint => (typeof text === 'string' && SIZE.test(text) ? BigInt(text) : 0n);
