import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { MessageStore, type Addressees, type MessagePage, type StoredMessage } from './message.store';
import { wordsOf, type Said } from './message.words';

/** A message as it is shown: its figures, and the same in words. */
export interface Message extends StoredMessage {
  readonly text: Said;
}

/** What people and villages are told about their credits. */
@Injectable()
export class Messages {
  constructor(
    private readonly database: Database,
    private readonly store: MessageStore,
  ) {}

  /** The newest first. */
  async list(book: number, to: Addressees, page: MessagePage): Promise<Message[]> {
    const found = await this.store.list(this.database, book, to, page);
    return found.map((message) => ({ ...message, text: wordsOf(message) }));
  }
}
