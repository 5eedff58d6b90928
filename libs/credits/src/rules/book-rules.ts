import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { BookRuleStore, type BookRule, type DecidedRule } from './book-rule.store';

/** Which rules a county decided about its credits: they are no secret. */
@Injectable()
export class BookRules {
  constructor(
    private readonly database: Database,
    private readonly rules: BookRuleStore,
  ) {}

  list(book: number): Promise<DecidedRule[]> {
    return this.rules.list(this.database, book);
  }

  /** Those that count or counted, without who decided. */
  async approved(book: number): Promise<BookRule[]> {
    return (await this.list(book))
      .filter(({ state }) => state === 'approved')
      .map(({ id, kind, validFrom, value, documentNo, source, state }) => ({
        ...{ id, kind, validFrom, value, documentNo, source, state },
      }));
  }
}
