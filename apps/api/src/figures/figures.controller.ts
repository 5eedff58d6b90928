import { Controller, Get } from '@nestjs/common';

import { Ledger } from '@app/ledger';
import type { Book } from '@app/platform';
import { Public } from '../auth';
import { BookParam } from '../http';

/** Name of a figure → the first segment of the accounts it sums. */
const CREDITS = {
  issued: 'issued',
  holding: 'holding',
  reserved: 'reserved-grams',
  card: 'card',
  retired: 'retired',
  buffer: 'buffer',
  cancelled: 'cancelled',
  external: 'external',
} as const;

const FISCAL = {
  allotted: 'allotted',
  clearingIn: 'clearing-in',
  fund: 'fund',
  reserved: 'reserved',
  payable: 'payable',
  inTransit: 'in-transit',
  returned: 'returned',
  stopped: 'stopped',
  paid: 'paid',
  recovered: 'recovered',
  clearingOut: 'clearing-out',
} as const;

/**
 * Totals of a book, straight from the ledger: grams of CO2e and fen. Totals name nobody, so they are public:
 * whoever adds the terms up sees for himself whether every gram and every fen is accounted for.
 */
@Controller(['books/:book/figures', 'public/books/:book/figures'])
export class FiguresController {
  constructor(private readonly ledger: Ledger) {}

  /** issued = holding + reserved + card + retired + buffer + cancelled + external, in grams. */
  @Public()
  @Get('credits')
  credits(@BookParam() book: Book): Promise<object> {
    return this.figures(book, CREDITS);
  }

  /**
   * allotted + clearingIn = fund + reserved + payable + inTransit + returned + stopped + paid + recovered +
   * clearingOut, in fen; clearing is money from and to other books by agreement.
   */
  @Public()
  @Get('fiscal')
  fiscal(@BookParam() book: Book): Promise<object> {
    return this.figures(book, FISCAL);
  }

  private async figures(book: Book, heads: Readonly<Record<string, string>>): Promise<object> {
    const sums = await this.ledger.sums(book.id, Object.values(heads));
    return Object.fromEntries(Object.entries(heads).map(([name, head]) => [name, sums.get(head) ?? 0n]));
  }
}
