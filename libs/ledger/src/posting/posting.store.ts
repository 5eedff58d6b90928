import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { EntryDraft } from '../entry';
import { EntryStore } from '../reads/entry.store';
import { answersOf, type Answer, type PostedRow } from './answers';
import { batchOf, type Order } from './batch';

export interface DomainTerms {
  readonly owner: string;
  /** True: each order stands alone, and a refusal stays with its id. False: all are posted or none. */
  readonly freeze: boolean;
}

const RESULT = `first_seq, (extract(epoch FROM first_at) * 1000000)::bigint AS first_us, answers, balances, versions`;

/** The two doors. Nothing else in the product writes entries. */
@Injectable()
export class PostingStore {
  constructor(private readonly entries: EntryStore) {}

  /** Open kinds on open accounts; each order stands alone. One answer per order, in their order. */
  async postOpen(tx: Tx, orders: readonly Order[]): Promise<Answer[]> {
    if (orders.length === 0) return [];
    const b = batchOf(orders);
    const rows = await tx.query<PostedRow>(
      `SELECT ${RESULT} FROM ledger.post_open($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        tx.book,
        ...[b.ids, b.bodies, b.kinds, b.actors, b.references, b.memos, b.effective],
        ...[b.first, b.paths, b.assets, b.slots, b.amounts],
      ],
    );
    return this.answer(tx, orders, present(rows[0], 'the posting function answers'));
  }

  /** The kinds of one owner. When all are posted or none, a refusal is the answer of the first that is refused. */
  async postDomain(tx: Tx, { owner, freeze }: DomainTerms, orders: readonly Order[]): Promise<Answer[]> {
    if (orders.length === 0) return [];
    const b = batchOf(orders);
    const rows = await tx.query<PostedRow>(
      `SELECT ${RESULT} FROM ledger.post_domain($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
                                                $16, $17, $18, $19, $20)`,
      [
        ...[owner, freeze, tx.book],
        ...[b.ids, b.bodies, b.kinds, b.actors, b.references, b.memos, b.effective, b.reverses],
        ...[b.holds?.until ?? null, b.holds?.owners ?? null, b.ends?.holds ?? null, b.ends?.as ?? null],
        ...[b.first, b.paths, b.assets, b.slots, b.amounts],
      ],
    );
    return this.answer(tx, orders, present(rows[0], 'the posting function answers'));
  }

  private async answer(tx: Tx, orders: readonly Order[], row: PostedRow): Promise<Answer[]> {
    const seqs = (row.answers ?? []).flatMap(({ code, facts }) =>
      code === 'REPLAYED' && facts.seq !== undefined ? [facts.seq] : [],
    );
    const replayed = seqs.length === 0 ? [] : await this.entries.bySeqs(tx, tx.book, seqs);
    const drafts: EntryDraft[] = orders.map(({ draft }) => draft);
    return answersOf(drafts, row, new Map(replayed.map((entry) => [entry.seq.toString(), entry])));
  }
}
