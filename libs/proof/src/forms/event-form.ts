import type { Bytes } from '../bytes';
import { instant, int64, recordBytes, text } from './record';

/** What happened to a book besides entries: accounts and assets opened, terms changed, periods closed. */
export interface EventRecord {
  readonly no: bigint;
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  /** JSON, letter by letter as PostgreSQL prints the stored value. */
  readonly facts: string;
}

const FORM = 'tanhui event 1';

export function eventForm(event: EventRecord): Bytes {
  return recordBytes([
    text(FORM),
    int64(event.no),
    instant(event.at),
    text(event.actor),
    text(event.type),
    text(event.facts),
  ]);
}
