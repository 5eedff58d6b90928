import { idOf } from '@app/kernel';
import type { EntryDraft } from '../entry';
import { bodyOf, bodyOfRequest } from '../posting/body.rules';

/** All or none, and a refusal stays with the batch's id; or each by itself. */
export type BatchMode = 'atomic' | 'continue';

/** A batch's own id is that of its first item, so that a key serves once in a book, however it is used. */
export const batchItemId = (batch: string, index: number): string =>
  index === 0 ? batch : idOf('ledger.batch', batch, String(index));

/** What the whole batch asks. Each item carries it: a key that comes back with one item more is a reused key. */
export const bodyOfBatch = (mode: BatchMode, drafts: readonly EntryDraft[]): string =>
  bodyOfRequest([mode, ...drafts.map((draft) => bodyOf(draft).slice(0, 32))]);
