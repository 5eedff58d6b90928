import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Result } from '@app/kernel';
import { Books, Database } from '@app/platform';
import type { MarketRefusal } from '../cards.refusals';
import { ProductStore, type Product } from '../products/product.store';
import { SplitRuleStore, type DatedSplitRule } from '../products/split-rule.store';
import { splitTerms, type SplitTerms } from '../split/split.rules';
import { priceOf, type SizeRefusal } from './order.rules';

export interface Quote {
  readonly product: Product;
  readonly grams: bigint;
  readonly amountFen: bigint;
  /** What becomes of the money when nothing is refunded; a supplier of the state goes to non-tax revenue. */
  readonly splitPreview: SplitTerms;
  readonly rule: DatedSplitRule;
  /** By the book's clock. A product's price never changes; the split rule may, at the start of a day. */
  readonly expiresAt: Date;
}

export type QuoteRefusal =
  SizeRefusal | Extract<MarketRefusal, { code: 'PRODUCT_UNKNOWN' | 'SPLIT_RULE_MISSING' }>;

const MINUTE_MS = 60_000;

/** Tells what grams cost and where the money goes, before anything is bought. Holds and writes nothing. */
@Injectable()
export class QuoteOrder {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly products: ProductStore,
    private readonly rules: SplitRuleStore,
  ) {}

  async execute(book: number, product: string, grams: bigint): Promise<Result<Quote, QuoteRefusal>> {
    const now = await this.books.now(book);
    const found = await this.products.find(this.database, book, product);
    if (!found) return refuse({ code: 'PRODUCT_UNKNOWN', product });
    const rule = await this.rules.inForce(this.database, book, dayOf(now));
    if (!rule) return refuse({ code: 'SPLIT_RULE_MISSING', day: dayOf(now) });
    const price = priceOf(grams, found);
    if (!price.ok) return price;
    return ok({
      product: found,
      grams,
      amountFen: price.value,
      splitPreview: splitTerms(price.value, rule),
      rule,
      expiresAt: new Date(now.getTime() + found.holdMinutes * MINUTE_MS),
    });
  }
}
