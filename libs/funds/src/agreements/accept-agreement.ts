import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { AgreementRefusal } from './agreement.refusals';
import { AgreementStore } from './agreement.store';

/** The other book takes an agreement over as it stands; its own people then decide on it. */
@Injectable()
export class AcceptAgreement {
  constructor(private readonly agreements: AgreementStore) {}

  /** Refuses AGREEMENT_UNKNOWN, AGREEMENT_ACCEPTED. */
  async execute(tx: Tx, id: string): Promise<Result<{ id: string }, AgreementRefusal>> {
    const offered = await this.agreements.there(tx, id);
    if (!offered) return refuse({ code: 'AGREEMENT_UNKNOWN', agreement: id });
    if (!(await this.agreements.insert(tx, offered))) {
      const own = await this.agreements.lock(tx, id);
      return refuse({ code: 'AGREEMENT_ACCEPTED', agreement: id, state: own?.state ?? 'proposed' });
    }
    tx.audit({ agreement: id, agreementNo: offered.agreementNo, amountFen: offered.amountFen.toString() });
    return ok({ id });
  }
}
