import { Injectable } from '@nestjs/common';

import { ok, type Result } from '@app/kernel';
import { Database } from '@app/platform';
import type { EntryDraft, PostedEntry } from './entry';
import type { CallKind, LaneCommand } from './lane/command-kind';
import { Lanes } from './lane/lanes';
import { answersOf, type Answer } from './posting/answers';
import { batchOf } from './posting/batch';
import { bodyOf } from './posting/body.rules';
import { checkBalanced } from './posting/draft.rules';
import { HotAccounts } from './posting/hot-accounts';
import { replaysOf } from './posting/replays';
import {
  conditionsOnWire,
  entriesOnWire,
  legsOnWire,
  POST_OPEN,
  rowOfText,
  type PostedText,
} from './posting/wire';
import { EntryStore } from './reads/entry.store';
import type { PostingRefusal } from './posting-refusal';

interface PostEntryCommand extends LaneCommand {
  readonly draft: EntryDraft;
}

interface Needs {
  readonly entries: EntryStore;
  readonly database: Database;
  readonly hot: HotAccounts;
}

/** Open kinds on open accounts. Each entry stands alone, and a refusal stays with its id. */
const postEntries = ({ entries, database, hot }: Needs): CallKind<PostEntryCommand, Answer, PostedText> => ({
  name: 'ledger.post-entries',
  statement: POST_OPEN,
  values: (book, commands) => {
    const batch = batchOf(
      commands,
      commands.map(({ body }) => body),
    );
    const terms = [true, false, null, null];
    return [...terms, book, ...entriesOnWire(batch), ...conditionsOnWire(batch), ...legsOnWire(batch)];
  },
  answers: async (book, commands, text) => {
    const row = rowOfText(text);
    const drafts = commands.map(({ draft }) => draft);
    const answers = answersOf(drafts, row, await replaysOf(row, { entries, reader: database, book }));
    hot.note(book, answers);
    return answers;
  },
  asReplay: markReplayed,
});

/** Posts an entry of an open kind, in one transaction with whatever else waits for the book. */
@Injectable()
export class PostEntry {
  readonly #kind: CallKind<PostEntryCommand, Answer, PostedText>;

  constructor(
    private readonly lanes: Lanes,
    entries: EntryStore,
    database: Database,
    hot: HotAccounts,
  ) {
    this.#kind = postEntries({ entries, database, hot });
  }

  /** The same draft gets the same answer for ever; what the book's state refused stays refused under its id. */
  execute(book: number, actor: string, draft: EntryDraft): Promise<Result<PostedEntry, PostingRefusal>> {
    const balanced = checkBalanced(draft);
    if (!balanced.ok) return Promise.resolve(balanced);
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
