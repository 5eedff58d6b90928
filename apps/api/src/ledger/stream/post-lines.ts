import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable, type OnModuleDestroy } from '@nestjs/common';

import { batchItemId, PostEntry, type EntryDraft, type PostedEntry, type PostingRefusal } from '@app/ledger';
import type { Refused, Result } from '@app/kernel';
import { isDatabaseAway, Logger, type Book } from '@app/platform';
import { wireJson } from '../../http/wire-json';
import { BodyError, bodyError, objectOf } from '../body-reader';
import { draftOf } from '../entry-body';
import { idOfKey } from '../idempotency-key';
import { answerOf, refusedItem, type ItemAnswer } from '../item-answer';
import { inOrder } from './in-order';
import { linesOf, type Line } from './lines';

/** Of one stream, on their way at once: enough for full batches, not so much that others wait behind it. */
const ROOM = { items: 256, size: 2 * 1024 * 1024 };

export interface LinesAsked {
  readonly book: Book;
  readonly actor: string;
  /** The request's own id: lines without a key have theirs from it and their number. */
  readonly id: string | undefined;
  readonly stream: Readable;
}

/** Posts the entries of a stream, one a line, and answers a line for each, in their order. Each stands alone. */
@Injectable()
export class PostLines implements OnModuleDestroy {
  readonly #open = new Set<Readable>();

  constructor(
    private readonly postEntry: PostEntry,
    private readonly logger: Logger,
  ) {}

  execute(asked: LinesAsked): Readable {
    const { stream } = asked;
    const answers = inOrder(linesOf(stream), ROOM, (line) => this.answer(asked, line));
    const output = Readable.from(answers, { highWaterMark: 1 });
    this.#open.add(stream);
    output.once('close', () => this.#open.delete(stream));
    return output;
  }

  /** Nobody waits for a stream that may never end: its sender sends it again, and what was posted is replayed. */
  onModuleDestroy(): void {
    for (const stream of this.#open) stream.destroy();
    this.#open.clear();
  }

  private async answer(asked: LinesAsked, line: Line): Promise<string> {
    return `${wireJson({ line: line.no, ...(await this.posted(asked, line)) })}\n`;
  }

  private async posted({ book, actor, id, stream }: LinesAsked, line: Line): Promise<ItemAnswer> {
    try {
      const draft = draftOfLine(line, book, id);
      for (;;) {
        const result = await this.postEntry.execute(book.id, actor, draft);
        // Whoever streams waits for room; when nobody listens any more, there is nobody to wait for.
        if (!isFull(result) || !this.#open.has(stream)) return answerOf(result, draft);
        await sleep(result.reason.retryAfterSeconds * 1_000);
      }
    } catch (error) {
      if (error instanceof BodyError) return refusedItem(error.refused.reason);
      this.logger.error(
        error instanceof Error ? error : new Error('unknown'),
        undefined,
        'a line of entries',
      );
      return refusedItem(
        isDatabaseAway(error) ? { code: 'DATABASE_AWAY', retryAfterSeconds: 2 } : { code: 'LINE_BROKE' },
      );
    }
  }
}

type Full = Extract<PostingRefusal, { code: 'LANE_FULL' }>;

const isFull = (result: Result<PostedEntry, PostingRefusal>): result is Refused<Full> =>
  !result.ok && result.reason.code === 'LANE_FULL';

/** `{key?, …the entry}`. */
function draftOfLine(line: Line, book: Book, id: string | undefined): EntryDraft {
  if (line.fault) throw bodyError(line.fault, '', 'a line of UTF-8, at most 512 KiB');
  const { key, ...entry } = objectOf(parsed(line.text ?? ''), '', LINE_FIELDS);
  if (key !== undefined) return draftOf(idOfKey(book, key, '/key'), entry);
  if (id === undefined) {
    throw bodyError('KEY_MISSING', '/key', 'a key in the line, or an Idempotency-Key of the request');
  }
  return draftOf(batchItemId(id, line.no - 1), entry);
}

const LINE_FIELDS = ['key', 'kind', 'reference', 'effectiveAt', 'memo', 'conditions', 'postings'];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw bodyError('BODY_NOT_JSON', '', 'one JSON object a line');
  }
}
