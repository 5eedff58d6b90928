import { Injectable } from '@nestjs/common';

import { refuse, type Result } from '@app/kernel';
import type { PostedEntry } from '../entry';
import type { PostingRefusal } from '../posting-refusal';
import { HoldCommands } from './hold-commands';
import { heldPath } from './hold-step.rules';

export type EndHoldRefusal = PostingRefusal;

export interface CommitHoldCommand {
  readonly id: string;
  readonly hold: string;
  /** The open account that is credited. */
  readonly to: string;
  /** All that is left when left out. */
  readonly amount?: bigint;
}

export interface ReleaseHoldCommand {
  readonly id: string;
  readonly hold: string;
  /** All that is left when left out. */
  readonly amount?: bigint;
}

/** Takes value out of a hold of the HTTP door, as often as something is left of it. */
@Injectable()
export class EndHold {
  constructor(private readonly commands: HoldCommands) {}

  async commit(
    book: number,
    actor: string,
    command: CommitHoldCommand,
  ): Promise<Result<PostedEntry, PostingRefusal>> {
    const { to } = command;
    // What sits there would belong to no hold.
    if (to.startsWith(heldPath(''))) {
      return refuse({ code: 'ACCOUNT_KIND_NOT_ALLOWED', account: to, kind: 'ledger.commit-hold' });
    }
    return this.commands.step(book, actor, { ...command, as: 'commit' });
  }

  release(
    book: number,
    actor: string,
    command: ReleaseHoldCommand,
  ): Promise<Result<PostedEntry, PostingRefusal>> {
    return this.commands.step(book, actor, { ...command, as: 'release' });
  }
}
