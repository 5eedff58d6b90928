import type { EntryDraft } from '@app/ledger';
import { bodyError, listOf, objectOf, textOf } from './body-reader';
import { draftOf } from './entry-body';

/** A batch is one transaction: what others wait for must stay short. */
export const ENTRIES_MAX = 1_000;
export const BATCH_POSTINGS_MAX = 4_000;

export interface BatchBody {
  readonly mode: 'atomic' | 'continue';
  readonly dryRun: boolean;
  readonly drafts: readonly EntryDraft[];
}

/** `{mode: "atomic" | "continue", dryRun?, entries: [...]}`; `idAt` gives each entry its id by its place. */
export function batchOf(value: unknown, idAt: (index: number) => string): BatchBody {
  const body = objectOf(value, '', ['mode', 'dryRun', 'entries']);
  const mode = textOf(
    body,
    { field: 'mode' },
    {
      fits: (text) => text === 'atomic' || text === 'continue',
      code: 'MODE_UNKNOWN',
      expected: 'atomic (all or none) or continue (each entry by itself)',
    },
  );
  const { dryRun = false } = body;
  if (typeof dryRun !== 'boolean') throw bodyError('FIELD_MALFORMED', '/dryRun', 'true or false');
  const entries = listOf(body.entries, '/entries', {
    ...{ least: 1, most: ENTRIES_MAX },
    ...{ what: 'entries', code: 'ENTRIES_MALFORMED' },
  });
  let postings = 0;
  const drafts = entries.map((entry, index) => {
    const draft = draftOf(idAt(index), entry, `/entries/${index}`);
    postings += draft.legs.length;
    if (postings > BATCH_POSTINGS_MAX) {
      throw bodyError('BATCH_TOO_LARGE', '/entries', `at most ${BATCH_POSTINGS_MAX} postings together`);
    }
    return draft;
  });
  return { mode: mode === 'atomic' ? 'atomic' : 'continue', dryRun, drafts };
}
