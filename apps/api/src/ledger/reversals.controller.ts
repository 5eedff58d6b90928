import { Body, Controller, Headers, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import { Ledger, ReverseEntry } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { entryNamed } from './entry-name';
import { idOfKey } from './idempotency-key';
import { POSTERS } from './posts';
import { presentPosted } from './presenters';
import { readBody } from './read-body';
import { postedOrRefused } from './refused-field';
import { reversalOf } from './reversal-body';

/** Entries of open kinds taken back, whole or in part, never more than they moved. */
@Controller('books/:book/entries/:id/reversals')
export class ReversalsController {
  constructor(
    private readonly reverseEntry: ReverseEntry,
    private readonly ledger: Ledger,
  ) {}

  /** By id or by number: the same entry, so the same request. */
  @Post()
  async reverse(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') name: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const entry = await this.idOf(book, name);
    const command = readBody(() => reversalOf(idOfKey(book, key), entry, body));
    const { legs = [] } = command;
    const posted = postedOrRefused(await this.reverseEntry.execute(book.id, principal.userId, command), {
      legs,
    });
    if (posted.replayed) reply.status(200).header('Idempotency-Replayed', 'true');
    return presentPosted(posted);
  }

  /** Of an id nobody asks whether it is there before the fence is held: a moment later it may be. */
  private async idOf(book: Book, name: string): Promise<string> {
    if (isUuid(name)) return name;
    const entry = await entryNamed(this.ledger, book.id, name);
    return entry?.id ?? unwrap(refuse({ code: 'REVERSAL_UNKNOWN', reverses: name.slice(0, 64) }));
  }
}
