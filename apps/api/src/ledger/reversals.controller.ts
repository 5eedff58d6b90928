import { Body, Controller, Headers, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import { ReverseEntry } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { idOfKey } from './idempotency-key';
import { POSTERS } from './posts';
import { presentPosted } from './presenters';
import { readBody } from './read-body';
import { postedOrRefused } from './refused-field';
import { reversalOf } from './reversal-body';

/** Entries of open kinds taken back, whole or in part, never more than they moved. */
@Controller('books/:book/entries/:id/reversals')
export class ReversalsController {
  constructor(private readonly reverseEntry: ReverseEntry) {}

  @Post()
  async reverse(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') entry: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    if (!isUuid(entry)) unwrap(refuse({ code: 'REVERSAL_UNKNOWN', reverses: entry.slice(0, 64) }));
    const command = readBody(() => reversalOf(idOfKey(book, key), entry, body));
    const { legs = [] } = command;
    const posted = postedOrRefused(await this.reverseEntry.execute(book.id, principal.userId, command), {
      legs,
    });
    if (posted.replayed) reply.status(200).header('Idempotency-Replayed', 'true');
    return presentPosted(posted);
  }
}
