import { Injectable } from '@nestjs/common';

import { present, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { EntryDraft, Leg, PostedEntry } from '../entry';
import type { CommandKind, LaneCommand } from '../lane/command-kind';
import { Lanes } from '../lane/lanes';
import { markReplayed } from '../post-entry';
import type { PostingRefusal } from '../posting-refusal';
import type { Answer } from '../posting/answers';
import { bodyOf } from '../posting/body.rules';
import { checkBalanced } from '../posting/draft.rules';
import { PostingStore } from '../posting/posting.store';
import { roundsOf } from '../posting/rounds.rules';
import { ReversalStore, type Reversible } from './reversal.store';

export interface ReverseEntryCommand extends Pick<
  EntryDraft,
  'id' | 'effectiveAt' | 'reference' | 'memo' | 'conditions'
> {
  /** Id of the entry to take back. */
  readonly entry: string;
  /** What the reversal books: each the other way round from the entry. All that is left when left out. */
  readonly legs?: readonly Leg[];
}

interface ReversalCommand extends LaneCommand {
  /** Without legs when all that is left is asked for. */
  readonly draft: EntryDraft;
  readonly entry: string;
}

const ALL_THAT_IS_LEFT = 'all that is left';

/** Takes back an entry of an open kind, whole or in part, as often as something is left of it. */
@Injectable()
export class ReverseEntry {
  readonly #kind: ReversalKind;

  constructor(
    private readonly lanes: Lanes,
    reversals: ReversalStore,
    store: PostingStore,
  ) {
    this.#kind = new ReversalKind(reversals, store);
  }

  async execute(
    book: number,
    actor: string,
    { entry, legs, ...said }: ReverseEntryCommand,
  ): Promise<Result<PostedEntry, PostingRefusal>> {
    const asked = legs ? { legs } : { legs: [], asked: ALL_THAT_IS_LEFT };
    const draft: EntryDraft = { ...said, ...asked, kind: 'reversal', reverses: entry };
    const balanced = checkBalanced(draft);
    if (!balanced.ok) return balanced;
    const weight = Math.max(draft.legs.length, 2);
    return this.lanes.submit(book, this.#kind, {
      id: draft.id,
      actor,
      draft,
      entry,
      body: bodyOf(draft),
      weight,
    });
  }
}

/** What is left of an entry is read under the fence, so the answer does not depend on who asked a moment before. */
class ReversalKind implements CommandKind<ReversalCommand, Answer> {
  readonly name = 'ledger.reversals';
  readonly asReplay = markReplayed;

  constructor(
    private readonly reversals: ReversalStore,
    private readonly store: PostingStore,
  ) {}

  async execute(tx: Tx, commands: readonly ReversalCommand[]): Promise<readonly Answer[]> {
    await tx.query('SELECT ledger.take_fence($1)', [tx.book]);
    const answers: Answer[] = [];
    for (const round of roundsOf(commands, ({ entry }) => entry)) {
      const originals = await this.reversals.byIds(
        tx,
        round.map(({ command }) => command.entry),
      );
      const orders: { draft: EntryDraft; actor: string; index: number }[] = [];
      for (const { command, index } of round) {
        const { draft, actor, entry } = command;
        const made = draftOf(draft, originals.get(entry));
        if (made.ok) orders.push({ draft: made.value, actor, index });
        else answers[index] = made;
      }
      const posted = await this.store.postOpen(tx, { freeze: true }, orders);
      for (const [at, { index }] of orders.entries())
        answers[index] = present(posted[at], 'each order has its answer');
    }
    return answers;
  }
}

/** What can never change is told before anything is frozen. */
function draftOf(draft: EntryDraft, original: Reversible | undefined): Result<EntryDraft, PostingRefusal> {
  const reverses = present(draft.reverses, 'a reversal names its entry');
  if (!original) return refuse({ code: 'REVERSAL_UNKNOWN', reverses });
  if (!original.isOpen) return refuse({ code: 'KIND_NOT_ALLOWED', kind: original.kind });
  if (draft.asked === undefined) return { ok: true, value: draft };
  // Nothing left is the posting function's to refuse, and to freeze.
  const legs = original.rest.length > 0 ? original.rest : original.whole;
  return { ok: true, value: { ...draft, legs } };
}
