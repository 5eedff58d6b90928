import { ok, present, refuse, type Result } from '@app/kernel';
import type { EntryDraft, PostedEntry } from '../entry';
import { dateOfText, textOfMicros } from '../instant';
import type { PostingRefusal } from '../posting-refusal';
import type { EntryView } from '../views';
import { fieldThatDiffers } from './body.rules';

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

const AMOUNT_FACTS = new Set(['missing', 'difference', 'left', 'held', 'expected', 'actual']);

/** The refusal as TypeScript knows it: amounts counted, a reused id with the field that differs. */
export function refusalOf({ code, facts }: NotPosted, draft: EntryDraft): PostingRefusal {
  if (code === 'KEY_REUSED') {
    const field = fieldThatDiffers(present(facts.body, 'a reused id tells its body'), draft);
    return { code, id: draft.id, field };
  }
  return refusalOfFacts(code, facts);
}

export function refusalOfFacts(code: string, facts: NotPosted['facts']): PostingRefusal {
  const read = Object.entries(facts).map(([name, text]) => [
    name,
    AMOUNT_FACTS.has(name) ? BigInt(text) : text,
  ]);
  // The posting function is the one author of these codes and facts; PostingRefusal lists them.
  return { code, ...(Object.fromEntries(read) as object) } as PostingRefusal;
}

/** Why none of all was posted. A batch also says which item it was, from 0; no item when its own id is reused. */
export function refusalOfAll(
  drafts: readonly EntryDraft[],
  refused: NotPosted,
  isBatch: boolean,
): PostingRefusal & { readonly item?: number } {
  const draft = present(drafts[Math.max(refused.entry - 1, 0)], 'a refused entry was asked for');
  if (refused.entry === 0) return { code: 'KEY_REUSED', id: draft.id, field: 'batch' };
  const refusal = refusalOf(refused, draft);
  return isBatch ? { ...refusal, item: refused.entry - 1 } : refusal;
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
    const fresh = { seq: firstSeq + posted, micros: firstMicros + posted, from, row };
    posted += 1n;
    return ok(freshEntry(draft, fresh));
  });
}

interface Fresh {
  readonly seq: bigint;
  /** When it was recorded. */
  readonly micros: bigint;
  /** Where its legs begin among the row's balances. */
  readonly from: number;
  readonly row: PostedRow;
}

function freshEntry({ id, effectiveAt, legs }: EntryDraft, { seq, micros, from, row }: Fresh): PostedEntry {
  const recordedAtText = textOfMicros(micros);
  const recordedAt = new Date(Number(micros / 1000n));
  return {
    id,
    seq,
    recordedAt,
    recordedAtText,
    effectiveAt: effectiveAt ?? recordedAt,
    effectiveAtText: effectiveAt ? textOfMicros(BigInt(effectiveAt.getTime()) * 1000n) : recordedAtText,
    replayed: false,
    postings: legs.map(({ path, asset, amount }, at) => ({
      path,
      asset,
      amount,
      balanceAfter: BigInt(present(row.balances?.[from + at], 'a posting has a balance')),
      version: BigInt(present(row.versions?.[from + at], 'a posting has a version')),
    })),
  };
}
