import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { FundSourceStore } from './fund-source.store';
import type { SourceRefusal } from './source.refusals';
import { wrongSource, type SourceDraft } from './source.rules';

/** A fund of its own beside the usual ones: one of several donations, a ministry's own fund. */
@Injectable()
export class OpenFundSource {
  constructor(private readonly sources: FundSourceStore) {}

  /** Refuses FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT, FUND_SOURCE_EXISTS. */
  async execute(tx: Tx, draft: SourceDraft): Promise<Result<{ code: string }, SourceRefusal>> {
    const wrong = wrongSource(draft);
    if (wrong) return wrong;
    const { code, kind, documentNo } = draft;
    if (!(await this.sources.insert(tx, draft))) {
      return refuse({ code: 'FUND_SOURCE_EXISTS', fundSource: code });
    }
    await this.sources.name(tx, code, draft);
    tx.audit({ fundSource: code, kind, documentNo });
    return ok({ code });
  }
}
