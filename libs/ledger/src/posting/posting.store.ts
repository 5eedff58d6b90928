import { Injectable } from '@nestjs/common';

import { present, refuse } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { EntryDraft } from '../entry';
import { EntryStore } from '../reads/entry.store';
import { answersOf, refusalOfAll, type Answer, type PostedRow } from './answers';
import { batchOf, type Order } from './batch';
import { HotAccounts } from './hot-accounts';
import { replaysOf } from './replays';
import { conditionsOnWire, entriesOnWire, holdsOnWire, legsOnWire, POST_DOMAIN, POST_OPEN } from './wire';

/** How the orders of one call belong together. */
export interface PostingTerms {
  /** True: each order stands alone, and a refusal stays with its id. False: all are posted or none. */
  readonly freeze: boolean;
  /** The same answers, and nothing is recorded. */
  readonly dryRun?: boolean;
  /**
   * An id for all of it. What came under it before with another body is the only answer; of all or none, a refusal
   * stays with it.
   */
  readonly batch?: { readonly id: string; readonly body: string };
}

export interface DomainTerms extends PostingTerms {
  readonly owner: string;
}

/** The two doors. Nothing else in the product writes entries. */
@Injectable()
export class PostingStore {
  constructor(
    private readonly entries: EntryStore,
    private readonly hot: HotAccounts,
  ) {}

  /** Open kinds on open accounts. One answer per order, in their order; of all or none, a refusal is the only one. */
  async postOpen(tx: Tx, terms: PostingTerms, orders: readonly Order[]): Promise<Answer[]> {
    if (orders.length === 0) return [];
    const b = batchOf(orders);
    const rows = await tx.query<PostedRow>(POST_OPEN.text, [
      ...termsOf(terms),
      ...[tx.book, ...entriesOnWire(b)],
      ...[...conditionsOnWire(b), ...legsOnWire(b)],
    ]);
    return this.answer(tx, terms, orders, present(rows[0], 'the posting function answers'));
  }

  /** The kinds of one owner. One answer per order; of all or none, a refusal is the only answer. */
  async postDomain(tx: Tx, terms: DomainTerms, orders: readonly Order[]): Promise<Answer[]> {
    if (orders.length === 0) return [];
    const b = batchOf(orders);
    const rows = await tx.query<PostedRow>(POST_DOMAIN.text, [
      ...[terms.owner, ...termsOf(terms)],
      ...[tx.book, ...entriesOnWire(b), ...holdsOnWire(b)],
      ...[...conditionsOnWire(b), ...legsOnWire(b)],
    ]);
    return this.answer(tx, terms, orders, present(rows[0], 'the posting function answers'));
  }

  private async answer(
    tx: Tx,
    { freeze, batch, dryRun }: PostingTerms,
    orders: readonly Order[],
    row: PostedRow,
  ): Promise<Answer[]> {
    const drafts: EntryDraft[] = orders.map(({ draft }) => draft);
    const refused = row.answers?.find(({ entry, code }) => entry === 0 || (!freeze && code !== 'REPLAYED'));
    if (refused) return [refuse(refusalOfAll(drafts, refused, batch !== undefined))];
    const replays = await replaysOf(row, { entries: this.entries, reader: tx, book: tx.book });
    const answers = answersOf(drafts, row, replays);
    if (!dryRun) tx.afterCommit(() => this.hot.note(tx.book, answers));
    return answers;
  }
}

const termsOf = ({ freeze, dryRun, batch }: PostingTerms): unknown[] => [
  freeze,
  dryRun ?? false,
  batch?.id ?? null,
  batch ? `\\x${batch.body}` : null,
];
