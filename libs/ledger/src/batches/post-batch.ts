import { Injectable } from '@nestjs/common';

import { invariant, refuse } from '@app/kernel';
import type { EntryDraft } from '../entry';
import { Lanes } from '../lane/lanes';
import { checkBalanced } from '../posting/draft.rules';
import { PostingStore } from '../posting/posting.store';
import { BatchKind, type BatchAnswer } from './batch-kind';
import { batchItemId, bodyOfBatch, type BatchMode } from './batch.rules';

export interface PostBatchCommand {
  /** The batch's, and that of its first item: see `batchItemId`. */
  readonly id: string;
  readonly mode: BatchMode;
  /** The same answers and nothing recorded: numbers and times in them are not promised. */
  readonly dryRun: boolean;
  /** Their ids follow from the batch's. */
  readonly drafts: readonly Omit<EntryDraft, 'id'>[];
}

/** Posts entries of open kinds as one request, in one transaction. */
@Injectable()
export class PostBatch {
  readonly #kind: BatchKind;

  constructor(
    private readonly lanes: Lanes,
    store: PostingStore,
  ) {
    this.#kind = new BatchKind(store);
  }

  async execute(
    book: number,
    actor: string,
    { id, mode, dryRun, drafts: said }: PostBatchCommand,
  ): Promise<BatchAnswer> {
    invariant(said.length > 0, 'a batch has an entry');
    const items = said.map((draft, index) => ({ ...draft, id: batchItemId(id, index) }));
    if (mode === 'atomic') {
      for (const [item, draft] of items.entries()) {
        const balanced = checkBalanced(draft);
        if (!balanced.ok) return refuse({ ...balanced.reason, item });
      }
    }
    const digest = bodyOfBatch(mode, items);
    return this.lanes.submit(book, this.#kind, {
      ...{ id, actor, mode, dryRun, digest },
      drafts: items.map((draft) => ({ ...draft, batch: digest })),
      body: dryRun ? `${digest} dry` : digest,
      weight: items.reduce((legs, draft) => legs + draft.legs.length, 0),
    });
  }
}
