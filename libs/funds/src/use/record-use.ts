import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { wrongDay, wrongText } from '../text.rules';
import type { UseRefusal } from './use.refusals';
import { EARMARKED_KINDS } from './use.rules';
import { UseStore, type VoucherDraft } from './use.store';

const SHA256 = /^[0-9a-f]{64}$/;
const AMOUNT_MAX_FEN = 999_999_999_999_999n;

/** Records what a payee of purpose used money for. A use that is not allowed is recorded too: it is found, not hidden. */
@Injectable()
export class RecordUse {
  constructor(private readonly uses: UseStore) {}

  /**
   * Refuses FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT, AMOUNT_NOT_POSITIVE, PARTY_UNKNOWN (also outside the regions),
   * PARTY_NOT_EARMARKED, VOUCHER_EXISTS.
   */
  async execute(
    tx: Tx,
    draft: VoucherDraft,
    regions: readonly string[],
  ): Promise<Result<{ id: string }, UseRefusal>> {
    const { party: partyId, documentNo, usedOn, amountFen, useKind, evidenceSha256 } = draft;
    const wrong = wrongText({ documentNo }) ?? wrongDay({ usedOn });
    if (wrong) return wrong;
    if (amountFen <= 0n) return refuse({ code: 'AMOUNT_NOT_POSITIVE', amountFen });
    const broken = [
      ...(SHA256.test(evidenceSha256) ? [] : [['evidenceSha256', '64 hex digits'] as const]),
      ...(amountFen > AMOUNT_MAX_FEN ? [['amountFen', `at most ${AMOUNT_MAX_FEN}`] as const] : []),
      ...(usedOn > dayOf(tx.now) ? [['usedOn', 'not after today'] as const] : []),
    ][0];
    if (broken) return refuse({ code: 'FUNDS_FIELD_WRONG', field: broken[0], expected: broken[1] });
    const party = await this.uses.party(tx, partyId);
    if (!party || !regions.some((own) => covers(own, party.region))) {
      return refuse({ code: 'PARTY_UNKNOWN', party: partyId });
    }
    const kind = EARMARKED_KINDS.find((known) => known === party.kind);
    if (!kind) return refuse({ code: 'PARTY_NOT_EARMARKED', party: partyId, kind: party.kind });
    const id = newId();
    if (!(await this.uses.insert(tx, id, draft, kind))) {
      return refuse({ code: 'VOUCHER_EXISTS', party: partyId, documentNo });
    }
    tx.audit({ voucher: id, party: partyId, useKind, amountFen: amountFen.toString(), documentNo });
    return ok({ id });
  }
}
