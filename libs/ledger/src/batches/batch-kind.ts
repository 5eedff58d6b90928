import { ok, present, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { EntryDraft } from '../entry';
import type { CommandKind, LaneCommand } from '../lane/command-kind';
import { markReplayed } from '../post-entry';
import type { PostingRefusal } from '../posting-refusal';
import type { Answer } from '../posting/answers';
import { checkBalanced } from '../posting/draft.rules';
import type { PostingStore } from '../posting/posting.store';
import type { BatchMode } from './batch.rules';

export interface BatchOutcome {
  /** All that is posted had been posted before. */
  readonly replayed: boolean;
  readonly dryRun: boolean;
  /** One answer for each draft, in their order; of an atomic batch all are ok. */
  readonly items: readonly Answer[];
}

/** `item`: the first that is refused, from 0; none when the batch's own id is reused. */
export type BatchRefusal = PostingRefusal & { readonly item?: number };

export type BatchAnswer = Result<BatchOutcome, BatchRefusal>;

export interface WaitingBatch extends LaneCommand {
  readonly mode: BatchMode;
  readonly dryRun: boolean;
  /** With their ids, and each with the digest of the batch. */
  readonly drafts: readonly EntryDraft[];
  readonly digest: string;
}

/** Batches one after the other: each sees what those before it posted. */
export class BatchKind implements CommandKind<WaitingBatch, BatchAnswer> {
  readonly name = 'ledger.post-batches';

  constructor(private readonly store: PostingStore) {}

  async execute(tx: Tx, batches: readonly WaitingBatch[]): Promise<readonly BatchAnswer[]> {
    const answers: BatchAnswer[] = [];
    for (const batch of batches) {
      answers.push(await (batch.mode === 'atomic' ? this.postAll(tx, batch) : this.postEach(tx, batch)));
    }
    return answers;
  }

  asReplay(answer: BatchAnswer): BatchAnswer {
    // Nothing of a dry run was recorded, so nothing of it is replayed.
    if (!answer.ok || answer.value.dryRun) return answer;
    return ok({ ...answer.value, replayed: true, items: answer.value.items.map(markReplayed) });
  }

  private async postAll(tx: Tx, { id, digest, dryRun, drafts, actor }: WaitingBatch): Promise<BatchAnswer> {
    const terms = { freeze: false, dryRun, batch: { id, body: digest } };
    const answers = await this.store.postOpen(
      tx,
      terms,
      drafts.map((draft) => ({ draft, actor })),
    );
    return answers.find((answer) => !answer.ok) ?? outcomeOf(answers, dryRun);
  }

  /** What does not even balance is told so and freezes nothing, as when it comes alone. */
  private async postEach(tx: Tx, { id, digest, dryRun, drafts, actor }: WaitingBatch): Promise<BatchAnswer> {
    const checks = drafts.map(checkBalanced);
    const balanced = drafts.filter((_draft, index) => checks[index]?.ok);
    const posted = await this.store.postOpen(
      tx,
      { freeze: true, dryRun, batch: { id, body: digest } },
      balanced.map((draft) => ({ draft, actor })),
    );
    if (posted.some((answer) => !answer.ok && answer.reason.code === 'KEY_REUSED')) {
      return refuse({ code: 'KEY_REUSED', id, field: 'batch' });
    }
    const answers = posted.values();
    return outcomeOf(
      checks.map((check) => (check.ok ? present(answers.next().value, 'each order has its answer') : check)),
      dryRun,
    );
  }
}

function outcomeOf(items: readonly Answer[], dryRun: boolean): BatchAnswer {
  const posted = items.flatMap((item) => (item.ok ? [item.value] : []));
  return ok({ replayed: posted.length > 0 && posted.every(({ replayed }) => replayed), dryRun, items });
}
