import { Injectable } from '@nestjs/common';

import type { Result } from '@app/kernel';
import { move, type PostedEntry } from '../entry';
import type { PostingRefusal } from '../posting-refusal';
import { heldPath, HoldCommands } from './hold-commands';

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

  execute(
    book: number,
    actor: string,
    { id, from, asset, amount, expiresAt, ...said }: PlaceHoldCommand,
  ): Promise<Result<PostedEntry, PostingRefusal>> {
    return this.commands.submit(book, actor, {
      ...said,
      id,
      kind: 'ledger.hold',
      legs: move(from, heldPath(id), asset, amount),
      hold: { expiresAt, endedBy: 'ledger' },
    });
  }
}
