import { Readable } from 'node:stream';

import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '@app/identity';
import { present, type Refusal, type Refused } from '@app/kernel';
import { batchItemId, PostBatch, type EntryDraft } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { batchOf } from './batch-body';
import { idOfKey } from './idempotency-key';
import { answerOf } from './item-answer';
import { POSTERS } from './posts';
import { readBody } from './read-body';
import { pointed } from './refused-field';
import { PostLines } from './stream/post-lines';
import { NDJSON } from './stream/take-lines';

/** Many entries in one request: as JSON in one transaction, or as a stream of lines of any length. */
@Controller('books/:book/entries/batch')
export class EntryBatchesController {
  constructor(
    private readonly postBatch: PostBatch,
    private readonly postLines: PostLines,
  ) {}

  /** 200 with an answer for each entry, in their order. */
  @Post()
  @HttpCode(200)
  async post(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const actor = principal.userId;
    if (body instanceof Readable) {
      const id = key === undefined ? undefined : readBody(() => idOfKey(book, key));
      reply.type(NDJSON);
      return this.postLines.execute({ book, actor, id, stream: body });
    }
    const id = readBody(() => idOfKey(book, key));
    const { drafts, ...terms } = readBody(() => batchOf(body, (index) => batchItemId(id, index)));
    const outcome = await this.postBatch.execute(book.id, actor, { id, ...terms, drafts });
    if (!outcome.ok) return unwrap(atItem(outcome.reason, drafts));
    const { items, replayed } = outcome.value;
    if (replayed) reply.header('Idempotency-Replayed', 'true');
    return {
      ...terms,
      items: items.map((item, index) =>
        answerOf(item, present(drafts[index], 'an answer for each entry'), `/entries/${index}`),
      ),
    };
  }
}

/** An atomic batch is refused for one of its entries, or as a whole. */
function atItem(
  reason: Refusal & { readonly item?: number },
  drafts: readonly EntryDraft[],
): Refused<Refusal> {
  const { item } = reason;
  const draft = item === undefined ? undefined : drafts[item];
  return draft ? pointed(reason, draft, `/entries/${item}`) : { ok: false, reason };
}
