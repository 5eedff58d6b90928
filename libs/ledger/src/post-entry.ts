import { Injectable } from '@nestjs/common';

import { ok, type Result } from '@app/kernel';
import type { EntryDraft, PostedEntry } from './entry';
import type { CommandKind, LaneCommand } from './lane/command-kind';
import { Lanes } from './lane/lanes';
import type { Answer } from './posting/answers';
import { bodyOf } from './posting/body.rules';
import { checkBalanced } from './posting/draft.rules';
import { PostingStore } from './posting/posting.store';
import type { PostingRefusal } from './posting-refusal';

interface PostEntryCommand extends LaneCommand {
  readonly draft: EntryDraft;
}

const postEntries = (store: PostingStore): CommandKind<PostEntryCommand, Answer> => ({
  name: 'ledger.post-entries',
  execute: (tx, commands) => store.postOpen(tx, commands),
  asReplay: markReplayed,
});

/** Posts an entry of an open kind, in one transaction with whatever else waits for the book. */
@Injectable()
export class PostEntry {
  readonly #kind: CommandKind<PostEntryCommand, Answer>;

  constructor(
    private readonly lanes: Lanes,
    store: PostingStore,
  ) {
    this.#kind = postEntries(store);
  }

  /** The same draft gets the same answer for ever; what the book's state refused stays refused under its id. */
  async execute(
    book: number,
    actor: string,
    draft: EntryDraft,
  ): Promise<Result<PostedEntry, PostingRefusal>> {
    const balanced = checkBalanced(draft);
    if (!balanced.ok) return balanced;
    const { id, legs } = draft;
    return this.lanes.submit(book, this.#kind, {
      id,
      actor,
      draft,
      body: bodyOf(draft),
      weight: legs.length,
    });
  }
}

/** What a second asker of the very same entry hears. */
export function markReplayed(answer: Answer): Answer {
  return answer.ok ? ok({ ...answer.value, replayed: true }) : answer;
}
