import { Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { PostEntry } from '@app/ledger';
import { Books } from '@app/platform';
import { principalOf, requirePost } from '../auth';
import { unwrap } from '../http';
import { draftOf } from './entry-body';
import { idOfKey } from './idempotency-key';
import { postedJson } from './posted-json';
import { POSTERS } from './posts';
import { readBody } from './read-body';
import { postedOrRefused } from './refused-field';

/** Entries of open kinds, on open accounts. Entries of domain kinds come from the operations they record. */
@Controller('books/:book/entries')
export class EntriesController {
  constructor(
    private readonly books: Books,
    private readonly postEntry: PostEntry,
  ) {}

  /**
   * 201 with the entry; 200 and `Idempotency-Replayed: true` when the same key brought the same body before.
   * The hottest route: it takes the request as it is, since every parameter that Nest prepares costs a microsecond
   * or two.
   */
  @Post()
  async post(@Req() request: FastifyRequest<Address>, @Res() reply: FastifyReply): Promise<void> {
    const { params } = request;
    const book = this.books.known(params.book) ?? unwrap(await this.books.byCode(params.book));
    const principal = principalOf(request);
    requirePost(principal, book, POSTERS);
    const draft = readBody(() => draftOf(idOfKey(book, request.headers['idempotency-key']), request.body));
    const entry = postedOrRefused(await this.postEntry.execute(book.id, principal.userId, draft), draft);
    if (entry.replayed) reply.header('Idempotency-Replayed', 'true');
    void reply
      .status(entry.replayed ? 200 : 201)
      .type('application/json; charset=utf-8')
      .send(postedJson(entry));
  }
}

interface Address {
  readonly Params: { readonly book: string };
}
