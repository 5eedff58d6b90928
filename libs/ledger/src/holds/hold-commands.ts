import { Injectable } from '@nestjs/common';

import { idOf, type Result } from '@app/kernel';
import { Jobs, type Tx } from '@app/platform';
import type { DomainLedger } from '../domain-ledger';
import type { EntryDraft, PostedEntry } from '../entry';
import type { CommandKind, LaneCommand } from '../lane/command-kind';
import { Lanes } from '../lane/lanes';
import { Ledger } from '../ledger';
import { markReplayed } from '../post-entry';
import type { Answer } from '../posting/answers';
import { bodyOf } from '../posting/body.rules';
import type { PostingRefusal } from '../posting-refusal';
import { EXPIRE_HOLD } from './expire-hold.job';

interface HoldCommand extends LaneCommand {
  readonly draft: EntryDraft;
}

/** Where the amount of a hold sits until it ends. */
export const heldPath = (hold: string): string => `held/${hold}`;

/** Places and ends holds of the HTTP door through the lane: the entry, and with a new hold the job that ends it. */
@Injectable()
export class HoldCommands implements CommandKind<HoldCommand, Answer> {
  readonly name = 'ledger.holds';
  readonly #ledger: DomainLedger;

  constructor(
    private readonly lanes: Lanes,
    private readonly jobs: Jobs,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('ledger');
  }

  submit(book: number, actor: string, draft: EntryDraft): Promise<Result<PostedEntry, PostingRefusal>> {
    const { id, legs } = draft;
    return this.lanes.submit(book, this, { id, actor, draft, body: bodyOf(draft), weight: legs.length });
  }

  async execute(tx: Tx, commands: readonly HoldCommand[]): Promise<readonly Answer[]> {
    const answers = await this.#ledger.postEach(tx, commands);
    for (const [index, { draft }] of commands.entries()) {
      const answer = answers[index];
      if (!draft.hold || !answer?.ok || answer.value.replayed) continue;
      await this.jobs.add(
        tx,
        EXPIRE_HOLD,
        { hold: draft.id },
        { dueAt: draft.hold.expiresAt, id: idOf('ledger.expire-hold', draft.id) },
      );
    }
    return answers;
  }

  asReplay(answer: Answer): Answer {
    return markReplayed(answer);
  }
}
