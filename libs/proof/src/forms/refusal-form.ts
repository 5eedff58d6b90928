import { fromHex, type Bytes } from '../bytes';
import { bytes, instant, int64, recordBytes, text, uuid } from './record';

/** A refusal frozen to its key. */
export interface RefusalRecord {
  readonly no: bigint;
  readonly id: string;
  /** Digest of what was asked, hex. */
  readonly body: string;
  readonly code: string;
  /** JSON, letter by letter as PostgreSQL prints the stored value. */
  readonly facts: string;
  readonly actor: string;
  readonly decidedAt: string;
}

const FORM = 'tanhui refusal 1';

export function refusalForm(refusal: RefusalRecord): Bytes {
  return recordBytes([
    text(FORM),
    int64(refusal.no),
    uuid(refusal.id),
    bytes(fromHex(refusal.body)),
    text(refusal.code),
    text(refusal.facts),
    text(refusal.actor),
    instant(refusal.decidedAt),
  ]);
}
