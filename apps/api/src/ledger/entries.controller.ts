import { Body, Controller, Get, Headers, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import { Ledger, PostEntry } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { draftOf } from './entry-body';
import { idOfKey } from './idempotency-key';
import { POSTERS, READERS } from './posts';
import { presentEntry, presentPosted } from './presenters';
import { readBody } from './read-body';

const SEQ = /^[1-9]\d{0,17}$/;

/** Entries of open kinds, on open accounts. Entries of domain kinds come from the operations they record. */
@Controller('books/:book/entries')
export class EntriesController {
  constructor(
    private readonly ledger: Ledger,
    private readonly postEntry: PostEntry,
  ) {}

  /** 201 with the entry; 200 and `Idempotency-Replayed: true` when the same key brought the same body before. */
  @Post()
  async post(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const draft = readBody(() => draftOf(idOfKey(book, key), body));
    const entry = unwrap(await this.postEntry.execute(book.id, principal.userId, draft));
    if (entry.replayed) reply.status(200).header('Idempotency-Replayed', 'true');
    return presentPosted(entry);
  }

  /** By id or by number. */
  @Get(':id')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const entry = isUuid(id)
      ? await this.ledger.entryById(book.id, id)
      : SEQ.test(id)
        ? await this.ledger.entryBySeq(book.id, BigInt(id))
        : undefined;
    return presentEntry(
      unwrap(entry ? { ok: true, value: entry } : refuse({ code: 'ENTRY_UNKNOWN', entry: id })),
    );
  }
}
