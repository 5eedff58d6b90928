import type { Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { EntryDraft, PostedEntry } from './entry';
import type { Answer } from './posting/answers';
import type { Order } from './posting/batch';
import type { BulkOrder, BulkOutcome } from './posting/bulk.store';
import type { PostingRefusal } from './posting-refusal';

/** One lib's own door to the ledger: posts the entry kinds that the lib owns, inside the caller's transaction. */
export interface DomainLedger {
  /**
   * Posts all drafts in their order, or none: the first refusal is returned and the caller returns it on, so
   * that its unit of work rolls back. Takes the book's fence until the commit, so it comes last.
   */
  post(tx: Tx, drafts: readonly EntryDraft[]): Promise<Result<PostedEntry[], PostingRefusal>>;

  /**
   * For a command kind of the lane: each order stands alone, and what the book's state refuses stays refused under
   * its id. One answer per order, in their order.
   */
  postEach(tx: Tx, orders: readonly Order[]): Promise<Answer[]>;

  /**
   * For what is in the database already: posts the entries that a SELECT gives, or none, in one statement and without
   * fetching them. At most 20,000 legs a call; the fence is held meanwhile, so many lines go in several transactions.
   */
  postSelect(tx: Tx, order: BulkOrder): Promise<Result<BulkOutcome, PostingRefusal>>;
}
