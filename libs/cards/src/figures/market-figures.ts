import { Injectable } from '@nestjs/common';

import { Ledger } from '@app/ledger';

/**
 * The market rail in one row, in fen. `proceeds` and the six terms below it that name a use are cumulative, as
 * allotted by splits before any payout; `unsplit`, `custody` and `custodyLiabilities` are balances.
 */
export interface MarketFiguresView {
  /** Money of orders, net of refunds before the split. */
  readonly proceeds: bigint;
  readonly unsplit: bigint;
  readonly afforestation: bigint;
  readonly suppliers: bigint;
  readonly nontax: bigint;
  /** The part set aside for refunds included. */
  readonly fee: bigint;
  readonly tax: bigint;
  readonly channel: bigint;
  /** The supervised account (监管账户). */
  readonly custody: bigint;
  /** All that is owed out of it. */
  readonly custodyLiabilities: bigint;
}

const LIABILITIES = [
  'unsplit',
  'afforestation',
  'payable-market',
  'in-transit-market',
  'returned-market',
  'nontax-due',
  'fee',
  'tax',
  'channel-cost',
  'refund-reserve',
] as const;

/** Figures of the market rail, computed from the ledger and nothing else. */
@Injectable()
export class MarketFigures {
  constructor(private readonly ledger: Ledger) {}

  /** proceeds = unsplit + the six uses, and custody = custodyLiabilities, at every instant. */
  async of(book: number): Promise<MarketFiguresView> {
    const balances = await this.ledger.sums(book, ['custody', ...LIABILITIES]);
    const balance = (head: string): bigint => balances.get(head) ?? 0n;
    const allotted = (head: string): Promise<bigint> => this.credited(book, 'cards.split', head);
    return {
      proceeds: (await this.credited(book, 'cards.pay', 'unsplit')) - (await this.refunded(book)),
      unsplit: balance('unsplit'),
      afforestation: await allotted('afforestation'),
      suppliers: await allotted('payable-market'),
      nontax: await allotted('nontax-due'),
      fee: await allotted('fee'),
      tax: await allotted('tax'),
      channel: await allotted('channel-cost'),
      custody: balance('custody'),
      custodyLiabilities: LIABILITIES.reduce((sum, head) => sum + balance(head), 0n),
    };
  }

  private async credited(book: number, kind: string, prefix: string): Promise<bigint> {
    return (await this.ledger.turnover(book, { kinds: [kind], prefix })).credits;
  }

  private async refunded(book: number): Promise<bigint> {
    return (await this.ledger.turnover(book, { kinds: ['cards.refund'], prefix: 'unsplit' })).debits;
  }
}
