import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { wrongText } from '../text.rules';
import type { UseRefusal } from './use.refusals';
import { UseStore } from './use.store';

/** A voucher that was recorded by mistake is void; another person says so, and its document may be recorded again. */
@Injectable()
export class VoidUse {
  constructor(private readonly uses: UseStore) {}

  /** Refuses VOUCHER_UNKNOWN (also outside the regions), VOUCHER_VOID, STEP_BY_SAME_PERSON, and what is wrong with the reason. */
  async execute(
    tx: Tx,
    {
      id,
      reason,
      regions,
    }: { readonly id: string; readonly reason: string; readonly regions: readonly string[] },
  ): Promise<Result<{ id: string }, UseRefusal>> {
    const wrong = wrongText({ reason });
    if (wrong) return wrong;
    const found = await this.uses.lock(tx, id);
    if (!found || !regions.some((own) => covers(own, found.region))) {
      return refuse({ code: 'VOUCHER_UNKNOWN', voucher: id });
    }
    if (found.voidedBy !== null) return refuse({ code: 'VOUCHER_VOID', voucher: id });
    if (found.recordedBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'void', before: 'record' });
    }
    await this.uses.void(tx, id, reason);
    tx.audit({ voucher: id, party: found.party, outcome: 'void' });
    return ok({ id });
  }
}
