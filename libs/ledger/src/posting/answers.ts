import { ok, present, refuse, type Result } from '@app/kernel';
import type { EntryDraft, PostedEntry } from '../entry';
import { dateOfText, textOfMicros } from '../instant';
import type { PostingRefusal } from '../posting-refusal';
import type { EntryView } from '../views';
import { bodyOf, fieldThatDiffers } from './body.rules';

export type Answer = Result<PostedEntry, PostingRefusal>;

/** The posting function's row. `answers` speaks of the entries that were not posted now. */
export interface PostedRow {
  readonly first_seq: string;
  readonly first_us: string;
  readonly answers: readonly NotPosted[] | null;
  readonly balances: readonly string[] | null;
  readonly versions: readonly string[] | null;
}

export interface NotPosted {
  /** Place of the entry in the batch, from 1. */
  readonly entry: number;
  readonly code: string;
  readonly facts: Readonly<Record<string, string>>;
}

const AMOUNT_FACTS = new Set(['missing', 'difference', 'left', 'held']);

/** The refusal as TypeScript knows it: amounts counted, a reused id with the field that differs. */
export function refusalOf({ code, facts }: NotPosted, draft: EntryDraft): PostingRefusal {
  if (code === 'KEY_REUSED') {
    const field = fieldThatDiffers(present(facts.body, 'a reused id tells its body'), bodyOf(draft));
    return { code, id: draft.id, field };
  }
  const read = Object.entries(facts).map(([name, text]) => [
    name,
    AMOUNT_FACTS.has(name) ? BigInt(text) : text,
  ]);
  // The posting function is the one author of these codes and facts; PostingRefusal lists them.
  return { code, ...(Object.fromEntries(read) as object) } as PostingRefusal;
}

export function replayOf(entry: EntryView): PostedEntry {
  return {
    id: entry.id,
    seq: entry.seq,
    recordedAt: dateOfText(entry.recordedAt),
    recordedAtText: entry.recordedAt,
    effectiveAt: dateOfText(entry.effectiveAt),
    effectiveAtText: entry.effectiveAt,
    replayed: true,
    postings: entry.postings,
  };
}

/** One answer per draft, in their order. `replayed` are the stored entries that the row refers to, by number. */
export function answersOf(
  drafts: readonly EntryDraft[],
  row: PostedRow,
  replayed: ReadonlyMap<string, EntryView>,
): Answer[] {
  const notPosted = new Map((row.answers ?? []).map((answer) => [answer.entry - 1, answer]));
  const firstSeq = BigInt(row.first_seq);
  const firstMicros = BigInt(row.first_us);
  let posted = 0n;
  let leg = 0;
  return drafts.map((draft, index) => {
    const from = leg;
    leg += draft.legs.length;
    const answer = notPosted.get(index);
    if (answer?.code === 'REPLAYED') {
      const seq = present(answer.facts.seq, 'a replay tells its number');
      return ok(replayOf(present(replayed.get(seq), 'a replayed entry is stored')));
    }
    if (answer) return refuse(refusalOf(answer, draft));
    const recordedAtText = textOfMicros(firstMicros + posted);
    const seq = firstSeq + posted;
    posted += 1n;
    return ok(freshEntry(draft, { seq, recordedAtText, from, row }));
  });
}

function freshEntry(
  draft: EntryDraft,
  { seq, recordedAtText, from, row }: { seq: bigint; recordedAtText: string; from: number; row: PostedRow },
): PostedEntry {
  const recordedAt = dateOfText(recordedAtText);
  const { effectiveAt } = draft;
  return {
    id: draft.id,
    seq,
    recordedAt,
    recordedAtText,
    effectiveAt: effectiveAt ?? recordedAt,
    effectiveAtText: effectiveAt ? textOfMicros(BigInt(effectiveAt.getTime()) * 1000n) : recordedAtText,
    replayed: false,
    postings: draft.legs.map((posting, at) => ({
      ...posting,
      balanceAfter: BigInt(present(row.balances?.[from + at], 'a posting has a balance')),
      version: BigInt(present(row.versions?.[from + at], 'a posting has a version')),
    })),
  };
}
