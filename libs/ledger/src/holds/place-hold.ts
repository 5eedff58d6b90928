import { Injectable } from '@nestjs/common';

import { refuse, type Result } from '@app/kernel';
import { move, type PostedEntry } from '../entry';
import type { PostingRefusal } from '../posting-refusal';
import { HoldCommands } from './hold-commands';
import { heldPath } from './hold-step.rules';

export interface PlaceHoldCommand {
  /** Id of the hold and of its entry. */
  readonly id: string;
  /** The open account that is debited. */
  readonly from: string;
  readonly asset: string;
  readonly amount: bigint;
  readonly expiresAt: Date;
  readonly reference?: string;
  readonly memo?: string;
}

/** Sets an amount aside, so that nobody else spends it before the hold is committed, released or expired. */
@Injectable()
export class PlaceHold {
  constructor(private readonly commands: HoldCommands) {}

  async execute(
    book: number,
    actor: string,
    { id, from, asset, amount, expiresAt, ...said }: PlaceHoldCommand,
  ): Promise<Result<PostedEntry, PostingRefusal>> {
    // What sits there belongs to another hold.
    if (from.startsWith(heldPath(''))) {
      return refuse({ code: 'ACCOUNT_KIND_NOT_ALLOWED', account: from, kind: 'ledger.hold' });
    }
    return this.commands.place(book, actor, {
      ...said,
      id,
      kind: 'ledger.hold',
      legs: move(from, heldPath(id), asset, amount),
      hold: { expiresAt, endedBy: 'ledger' },
    });
  }
}
