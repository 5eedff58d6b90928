import { Injectable } from '@nestjs/common';

import { dayOf } from '@app/kernel';
import { Books, Database } from '@app/platform';
import { ProductStore, type Product } from './product.store';
import { RideFactorStore, type RideFactor } from './ride-factor.store';
import { SplitRuleStore, type DatedSplitRule } from './split-rule.store';

/** What is on sale in a book, and by which dated rules. */
export interface Catalogue {
  readonly products: readonly Product[];
  readonly splitRule: DatedSplitRule | undefined;
  readonly rideFactor: RideFactor | undefined;
}

@Injectable()
export class Products {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly products: ProductStore,
    private readonly rules: SplitRuleStore,
    private readonly factors: RideFactorStore,
  ) {}

  /** As of the book's present day. */
  async catalogue(book: number): Promise<Catalogue> {
    const today = dayOf(await this.books.now(book));
    const factors = await this.factors.all(this.database, book);
    return {
      products: await this.products.list(this.database, book),
      splitRule: await this.rules.inForce(this.database, book, today),
      rideFactor: factors.find(({ validFrom }) => validFrom <= today),
    };
  }
}
