import { Injectable } from '@nestjs/common';

import { refuse, type Result } from '@app/kernel';
import { move, sumLegs, type Leg, type PostedEntry } from '../entry';
import type { PostingRefusal } from '../posting-refusal';
import { heldPath, HoldCommands } from './hold-commands';
import { HoldStore, type HoldView } from './hold.store';

export interface CommitHoldCommand {
  readonly id: string;
  readonly hold: string;
  /** The open account that is credited. */
  readonly to: string;
  /** The whole when left out; the rest goes back where it came from. */
  readonly amount?: bigint;
}

export interface ReleaseHoldCommand {
  readonly id: string;
  readonly hold: string;
}

export type EndHoldRefusal =
  PostingRefusal | { readonly code: 'HOLD_AMOUNT_EXCEEDED'; readonly hold: string; readonly held: bigint };

/** Ends a hold of the HTTP door. A hold ends once: what a commit does not take is released by the same entry. */
@Injectable()
export class EndHold {
  constructor(
    private readonly commands: HoldCommands,
    private readonly holds: HoldStore,
  ) {}

  async commit(
    book: number,
    actor: string,
    command: CommitHoldCommand,
  ): Promise<Result<PostedEntry, EndHoldRefusal>> {
    const { id, hold, to } = command;
    const view = await this.holds.byId(book, hold);
    if (!view) return refuse({ code: 'HOLD_UNKNOWN', hold });
    const amount = command.amount ?? view.amount;
    if (amount > view.amount) return refuse({ code: 'HOLD_AMOUNT_EXCEEDED', hold, held: view.amount });
    return this.commands.submit(book, actor, {
      id,
      kind: 'ledger.commit-hold',
      legs: sumLegs([...move(heldPath(hold), to, view.asset, amount), ...rest(view, view.amount - amount)]),
      ends: { hold, as: 'commit' },
    });
  }

  async release(
    book: number,
    actor: string,
    { id, hold }: ReleaseHoldCommand,
  ): Promise<Result<PostedEntry, PostingRefusal>> {
    const view = await this.holds.byId(book, hold);
    if (!view) return refuse({ code: 'HOLD_UNKNOWN', hold });
    return this.commands.submit(book, actor, {
      id,
      kind: 'ledger.release-hold',
      legs: rest(view, view.amount),
      ends: { hold, as: 'release' },
    });
  }
}

/** Back to the account the amount was taken from. */
export const rest = ({ id, account, asset }: HoldView, amount: bigint): Leg[] =>
  amount === 0n ? [] : move(heldPath(id), account, asset, amount);
