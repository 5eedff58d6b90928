import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { DecisionState } from '../decision.rules';
import { YearEndStore, type YearEnd } from './year-end.store';

@Injectable()
export class YearEnds {
  constructor(
    private readonly database: Database,
    private readonly store: YearEndStore,
  ) {}

  list(book: number, state?: DecisionState): Promise<YearEnd[]> {
    return this.store.list(this.database, book, state);
  }
}
