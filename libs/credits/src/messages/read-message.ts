import { Injectable } from '@nestjs/common';

import { isUuid, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { MessageRefusal } from './message.refusals';
import { MessageStore, type Addressees } from './message.store';

const SHOWN = 64;

/** Whoever a message is addressed to says that they have read it; the first time counts. */
@Injectable()
export class ReadMessage {
  constructor(private readonly store: MessageStore) {}

  /** Refuses MESSAGE_UNKNOWN, also for other people's. */
  async execute(
    tx: Tx,
    message: string,
    to: Addressees,
  ): Promise<Result<{ id: string; readAt: Date }, MessageRefusal>> {
    const readAt = isUuid(message) ? await this.store.read(tx, message, to) : undefined;
    if (readAt === undefined) return refuse({ code: 'MESSAGE_UNKNOWN', message: message.slice(0, SHOWN) });
    tx.audit({ message });
    return ok({ id: message, readAt });
  }
}
