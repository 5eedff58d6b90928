import { ok, present, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { DomainLedger } from './domain-ledger';
import type { EntryDraft, PostedEntry } from './entry';
import type { PostingRefusal } from './posting-refusal';
import type { Answer } from './posting/answers';
import type { Order } from './posting/batch';
import { postBulk, type BulkOrder, type BulkOutcome } from './posting/bulk.store';
import type { PostingStore } from './posting/posting.store';

/** One owner's door. It lives in the owner's private field, so nobody else posts in its name by accident. */
export class DomainDoor implements DomainLedger {
  readonly #owner: string;

  constructor(
    owner: string,
    private readonly store: PostingStore,
  ) {
    this.#owner = owner;
  }

  async post(tx: Tx, drafts: readonly EntryDraft[]): Promise<Result<PostedEntry[], PostingRefusal>> {
    const { actor } = tx.context;
    const orders = drafts.map((draft) => ({ draft, actor }));
    const answers = await this.store.postDomain(tx, { owner: this.#owner, freeze: false }, orders);
    const refused = answers.find((answer) => !answer.ok);
    if (refused && !refused.ok) return refused;
    return ok(answers.map((answer) => present(answer.ok ? answer.value : undefined, 'none was refused')));
  }

  postEach(tx: Tx, orders: readonly Order[]): Promise<Answer[]> {
    return this.store.postDomain(tx, { owner: this.#owner, freeze: true }, orders);
  }

  postSelect(tx: Tx, order: BulkOrder): Promise<Result<BulkOutcome, PostingRefusal>> {
    return postBulk(tx, this.#owner, order);
  }
}
