import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { CoefficientSetStore, type ListedSet } from './coefficient-set.store';
import type { Coefficient } from './coefficients.rules';

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

  async one(
    book: number,
    version: string,
  ): Promise<(ListedSet & { coefficients: Coefficient[] }) | undefined> {
    const set = (await this.list(book)).find((each) => each.version === version);
    return set && { ...set, coefficients: await this.sets.coefficients(this.database, version) };
  }
}
