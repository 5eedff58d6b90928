import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { DecisionState } from '../decision.rules';
import {
  AgreementStore,
  type Agreement,
  type AgreementSide,
  type Benefit,
  type Transfer,
} from './agreement.store';

/** An agreement as both books have it. Totals of money and of benefits are never added to each other. */
export interface AgreementView extends Omit<
  Agreement,
  'state' | 'proposedBy' | 'payerBook' | 'recipientBook'
> {
  readonly side: AgreementSide;
  readonly otherBook: string;
  readonly here: DecisionState | 'missing';
  readonly there: DecisionState | 'missing';
  readonly remitted: readonly Transfer[];
  readonly received: readonly Transfer[];
  readonly remittedFen: bigint;
  readonly receivedFen: bigint;
  readonly statedHere: readonly Benefit[];
  readonly statedThere: readonly Benefit[];
  /** Of what both have: memorandum, no money. */
  readonly benefitsValuedFen: bigint;
}

const total = (transfers: readonly Transfer[]): bigint =>
  transfers.reduce((sum, { amountFen }) => sum + amountFen, 0n);

@Injectable()
export class Agreements {
  constructor(
    private readonly database: Database,
    private readonly store: AgreementStore,
  ) {}

  /** Of the book, and what other books offer it. */
  async list(book: number): Promise<AgreementView[]> {
    const views: AgreementView[] = [];
    for (const agreement of await this.store.list(this.database, book)) {
      views.push(await this.view(book, agreement));
    }
    return views;
  }

  private async view(
    book: number,
    { payerBook, recipientBook, ...agreement }: Agreement,
  ): Promise<AgreementView> {
    const { id, agreementNo, purpose, amountFen, from, to } = agreement;
    const side = book === payerBook ? 'payer' : 'recipient';
    const other = side === 'payer' ? recipientBook : payerBook;
    const [own, theirs] = [
      await this.store.one(this.database, book, id),
      await this.store.one(this.database, other, id),
    ];
    const [remitted, received] = [
      await this.store.transfers(this.database, payerBook, id),
      await this.store.transfers(this.database, recipientBook, id),
    ];
    const [statedHere, statedThere] = [
      await this.store.benefits(this.database, book, id),
      await this.store.benefits(this.database, other, id),
    ];
    const both = statedHere.filter(({ no }) => statedThere.some((one) => one.no === no));
    const [code] = await this.database.query<{ code: string }>(
      'SELECT code FROM platform.book WHERE id = $1',
      [other],
    );
    return {
      ...{ id, agreementNo, purpose, amountFen, from, to },
      ...{
        side,
        otherBook: code?.code ?? '',
        here: own?.state ?? 'missing',
        there: theirs?.state ?? 'missing',
      },
      ...{ remitted, received, remittedFen: total(remitted), receivedFen: total(received) },
      ...{ statedHere, statedThere },
      benefitsValuedFen: both.reduce((sum, { valuedFen }) => sum + valuedFen, 0n),
    };
  }
}
