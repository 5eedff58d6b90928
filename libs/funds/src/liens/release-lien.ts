import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { wrongText } from '../text.rules';
import type { LienRefusal } from './lien.refusals';
import { LienStore } from './lien.store';

/** A pledge ends before its term, by the lender's document: the income is the party's again from this day on. */
@Injectable()
export class ReleaseLien {
  constructor(private readonly liens: LienStore) {}

  /** Refuses LIEN_UNKNOWN, LIEN_NOT_LIVE, FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT. */
  async execute(
    tx: Tx,
    id: string,
    documentNo: string,
  ): Promise<Result<{ id: string; releasedOn: Day }, LienRefusal>> {
    const wrong = wrongText({ documentNo });
    if (wrong) return wrong;
    const found = await this.liens.lock(tx, id);
    if (!found) return refuse({ code: 'LIEN_UNKNOWN', lien: id });
    if (found.state !== 'live') return refuse({ code: 'LIEN_NOT_LIVE', lien: id, state: found.state });
    const releasedOn = dayOf(tx.now);
    await this.liens.release(tx, id, documentNo, releasedOn);
    tx.audit({ lien: id, party: found.party, programme: found.programme, documentNo });
    return ok({ id, releasedOn });
  }
}
