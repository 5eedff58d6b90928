import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { FundSourceStore } from './fund-source.store';
import type { SourceRefusal } from './source.refusals';
import { wrongName, type SourceName } from './source.rules';

/** A source is called otherwise from a day on, by document; payouts before it keep the name of their day. */
@Injectable()
export class RenameFundSource {
  constructor(private readonly sources: FundSourceStore) {}

  /** Refuses FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT, FUND_SOURCE_UNKNOWN, ALREADY_IN_FORCE. */
  async execute(tx: Tx, code: string, name: SourceName): Promise<Result<{ code: string }, SourceRefusal>> {
    const wrong = wrongName(name);
    if (wrong) return wrong;
    if (!(await this.sources.exists(tx, code))) {
      return refuse({ code: 'FUND_SOURCE_UNKNOWN', fundSource: code.slice(0, 40) });
    }
    const later = await this.sources.nameFrom(tx, code, name.from);
    if (later) return refuse({ code: 'ALREADY_IN_FORCE', ...later });
    await this.sources.name(tx, code, name);
    tx.audit({ fundSource: code, from: name.from, documentNo: name.documentNo });
    return ok({ code });
  }
}
