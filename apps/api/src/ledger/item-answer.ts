import type { Refusal, Result } from '@app/kernel';
import type { EntryDraft, PostedEntry } from '@app/ledger';
import { problemOfRefusal } from '../http/refusal';
import { presentPosted } from './presenters';
import { pointed } from './refused-field';

/** What became of one entry among several: what the single post would have answered, in a line. */
export interface ItemAnswer {
  readonly status: number;
  readonly replayed?: true;
  readonly entry?: object;
  readonly problem?: object;
}

export function answerOf(
  result: Result<PostedEntry, Refusal>,
  draft: Pick<EntryDraft, 'legs' | 'conditions'>,
  at = '',
): ItemAnswer {
  if (!result.ok) return refusedItem(pointed(result.reason, draft, at).reason);
  const entry = presentPosted(result.value);
  return result.value.replayed ? { status: 200, replayed: true, entry } : { status: 201, entry };
}

export function refusedItem<R extends Refusal>(reason: R): ItemAnswer {
  const refused = problemOfRefusal(reason);
  return { status: refused.status, problem: refused };
}
