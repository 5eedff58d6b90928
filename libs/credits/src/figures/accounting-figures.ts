import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { AccountingFigureStore, type ListedFigure } from './accounting-figure.store';

/** The densities and prices that reports are made with. */
@Injectable()
export class AccountingFigures {
  constructor(
    private readonly database: Database,
    private readonly figures: AccountingFigureStore,
  ) {}

  list(book: number): Promise<ListedFigure[]> {
    return this.figures.list(this.database, book);
  }
}
