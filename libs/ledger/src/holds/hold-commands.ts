import { Injectable } from '@nestjs/common';

import { idOf, present, refuse, type Result } from '@app/kernel';
import { Jobs, type Tx } from '@app/platform';
import type { DomainLedger } from '../domain-ledger';
import type { EntryDraft, PostedEntry } from '../entry';
import type { CommandKind, LaneCommand } from '../lane/command-kind';
import { Lanes } from '../lane/lanes';
import { Ledger } from '../ledger';
import { markReplayed } from '../post-entry';
import type { Answer } from '../posting/answers';
import { bodyOf } from '../posting/body.rules';
import { roundsOf } from '../posting/rounds.rules';
import type { PostingRefusal } from '../posting-refusal';
import { EXPIRE_HOLD } from './expire-hold.job';
import { draftOfStep, type HoldStep } from './hold-step.rules';
import { HoldStore } from './hold.store';

/** A new hold, or a step on one. */
interface HoldCommand extends LaneCommand {
  readonly hold: string;
  readonly wanted: EntryDraft | HoldStep;
}

/** A hold and what is taken out of it are entries of two legs. */
const WEIGHT = 2;

/** Places holds of the HTTP door and takes steps on them through the lane; with a new hold comes the job that ends it. */
@Injectable()
export class HoldCommands implements CommandKind<HoldCommand, Answer> {
  readonly name = 'ledger.holds';
  readonly asReplay = markReplayed;
  readonly #ledger: DomainLedger;

  constructor(
    private readonly lanes: Lanes,
    private readonly jobs: Jobs,
    private readonly holds: HoldStore,
    ledger: Ledger,
  ) {
    this.#ledger = ledger.domain('ledger');
  }

  place(book: number, actor: string, draft: EntryDraft): Promise<Result<PostedEntry, PostingRefusal>> {
    const { id } = draft;
    const command = { id, actor, hold: id, wanted: draft, body: bodyOf(draft), weight: WEIGHT };
    return this.lanes.submit(book, this, command);
  }

  step(book: number, actor: string, step: HoldStep): Promise<Result<PostedEntry, PostingRefusal>> {
    const { id, hold } = step;
    const command = { id, actor, hold, wanted: step, body: bodyOf(draftOfStep(step)), weight: WEIGHT };
    return this.lanes.submit(book, this, command);
  }

  /** What is left of a hold is read under the fence, and steps on one hold are taken one after the other. */
  async execute(tx: Tx, commands: readonly HoldCommand[]): Promise<readonly Answer[]> {
    await tx.query('SELECT ledger.take_fence($1)', [tx.book]);
    const answers: Answer[] = [];
    for (const round of roundsOf(commands, ({ hold }) => hold)) {
      const views = await this.holds.byIds(
        tx,
        tx.book,
        round.map(({ command }) => command.hold),
      );
      const raised = await this.holds.raisedByDebit(
        tx,
        tx.book,
        round.flatMap(({ command }) => fromOf(command)),
      );
      const orders: { draft: EntryDraft; actor: string; index: number }[] = [];
      for (const { command, index } of round) {
        const { wanted, hold, actor } = command;
        const view = views.get(hold);
        const [from = ''] = fromOf(command);
        // What such a hold gives back would lower the account, which may have been lowered meanwhile.
        if (raised.has(from)) {
          answers[index] = refuse({ code: 'ACCOUNT_KIND_NOT_ALLOWED', account: from, kind: 'ledger.hold' });
        } else if ('kind' in wanted) orders.push({ draft: wanted, actor, index });
        else if (view) orders.push({ draft: draftOfStep(wanted, view), actor, index });
        else answers[index] = refuse({ code: 'HOLD_UNKNOWN', hold });
      }
      const posted = await this.#ledger.postEach(tx, orders);
      for (const [at, { draft, index }] of orders.entries()) {
        const answer = present(posted[at], 'each order has its answer');
        answers[index] = answer;
        if (draft.hold && answer.ok && !answer.value.replayed)
          await this.giveBackLater(tx, draft.id, draft.hold);
      }
    }
    return answers;
  }

  private giveBackLater(tx: Tx, hold: string, { expiresAt }: { readonly expiresAt: Date }): Promise<unknown> {
    return this.jobs.add(
      tx,
      EXPIRE_HOLD,
      { hold },
      { dueAt: expiresAt, id: idOf('ledger.expire-hold', hold) },
    );
  }
}

/** The account that a new hold takes from; none of a step. */
const fromOf = ({ wanted }: HoldCommand): string[] =>
  'kind' in wanted ? wanted.legs.flatMap(({ path, amount }) => (amount > 0n ? [path] : [])) : [];
