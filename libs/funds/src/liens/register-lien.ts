import { Injectable } from '@nestjs/common';

import { newId, ok, refuse, type Result } from '@app/kernel';
import { Crypto, type Tx } from '@app/platform';
import { covers } from '@app/regions';
import type { LienRefusal } from './lien.refusals';
import { wrongLien, type LienDraft } from './lien.rules';
import { LienStore } from './lien.store';

export const LIEN_ACCOUNT = 'lien.account';

/** Registers that a party has pledged its future income of a programme (收益权质押). It holds when another has checked it. */
@Injectable()
export class RegisterLien {
  constructor(
    private readonly liens: LienStore,
    private readonly crypto: Crypto,
  ) {}

  /**
   * Refuses FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT, AMOUNT_NOT_POSITIVE, PARTY_UNKNOWN (also outside the regions),
   * INCOME_PLEDGED with the pledge that is in the way.
   */
  async execute(
    tx: Tx,
    draft: LienDraft,
    regions: readonly string[],
  ): Promise<Result<{ id: string }, LienRefusal>> {
    const wrong = wrongLien(draft);
    if (wrong) return wrong;
    const { party, certificateNo, programme, amountFen } = draft;
    const region = await this.liens.regionOf(tx, party);
    if (region === undefined || !regions.some((own) => covers(own, region))) {
      return refuse({ code: 'PARTY_UNKNOWN', party });
    }
    await this.liens.lockBook(tx);
    const other = await this.liens.inTheWay(tx, draft);
    if (other) {
      const { id: lien, certificateNo: pledged, from, to } = other;
      return refuse({ code: 'INCOME_PLEDGED', lien, certificateNo: pledged, from, to });
    }
    const id = newId();
    await this.liens.insert(tx, id, draft, this.crypto.seal(LIEN_ACCOUNT, draft.account.number));
    tx.audit({ lien: id, party, programme, certificateNo, amountFen: amountFen.toString() });
    return ok({ id });
  }
}
