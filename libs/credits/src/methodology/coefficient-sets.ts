import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { CoefficientSetStore, type ListedSet, type StockFactors } from './coefficient-set.store';
import type { Coefficient } from './coefficients.rules';

/** A set with all that stands in it; a set of the stock-change method has its factors too. */
export type WholeSet = ListedSet & { readonly coefficients: readonly Coefficient[] } & Partial<StockFactors>;

/** Which sets of coefficients a book has, and what stands in them: a method is no secret. */
@Injectable()
export class CoefficientSets {
  constructor(
    private readonly database: Database,
    private readonly sets: CoefficientSetStore,
  ) {}

  list(book: number): Promise<ListedSet[]> {
    return this.sets.list(this.database, book);
  }

  async one(book: number, version: string): Promise<WholeSet | undefined> {
    const set = (await this.list(book)).find((each) => each.version === version);
    if (!set) return undefined;
    const coefficients = await this.sets.coefficients(this.database, book, version);
    return set.methodKind === 'coefficient'
      ? { ...set, coefficients }
      : { ...set, coefficients, ...(await this.sets.factors(this.database, book, version)) };
  }
}
