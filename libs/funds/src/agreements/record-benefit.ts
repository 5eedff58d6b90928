import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { wrongDay, wrongText } from '../text.rules';
import type { AgreementRefusal } from './agreement.refusals';
import { wrongAmount } from './agreement.rules';
import { AgreementStore, type Benefit } from './agreement.store';
import { liveAgreement } from './live-agreement';

export interface BenefitDraft extends Omit<Benefit, 'no'> {
  readonly agreement: string;
  /** That of the other book when this one confirms what that one stated. */
  readonly confirms?: number;
}

/** A benefit that is no money (对口协作、园区): stated by one book, confirmed by the other as it stands. Memorandum only. */
@Injectable()
export class RecordBenefit {
  constructor(private readonly agreements: AgreementStore) {}

  /** Refuses AGREEMENT_UNKNOWN, AGREEMENT_NOT_LIVE, TRANSFER_UNKNOWN, BENEFIT_DIFFERS, BENEFIT_CONFIRMED, wrong fields. */
  async execute(
    tx: Tx,
    { agreement: id, confirms, ...benefit }: BenefitDraft,
  ): Promise<Result<{ no: number }, AgreementRefusal>> {
    const { description, documentNo, givenOn, valuedFen } = benefit;
    const wrong =
      wrongText({ description, documentNo }) ?? wrongDay({ givenOn }) ?? wrongAmount('valuedFen', valuedFen);
    if (wrong) return wrong;
    const live = await liveAgreement(tx, this.agreements, { agreement: id });
    if (!live.ok) return live;
    const { payerBook, recipientBook } = live.value;
    const other = tx.book === payerBook ? recipientBook : payerBook;
    const [here, there] = [
      await this.agreements.benefits(tx, tx.book, id),
      await this.agreements.benefits(tx, other, id),
    ];
    if (confirms !== undefined) {
      const stated = there.find((one) => one.no === confirms);
      if (!stated) return refuse({ code: 'TRANSFER_UNKNOWN', agreement: id, no: confirms });
      const field = (['kind', 'valuedFen', 'givenOn'] as const).find(
        (name) => stated[name] !== benefit[name],
      );
      if (field) return refuse({ code: 'BENEFIT_DIFFERS', agreement: id, no: confirms, field });
      if (here.some((one) => one.no === confirms)) {
        return refuse({ code: 'BENEFIT_CONFIRMED', agreement: id, no: confirms });
      }
    }
    // Each book numbers its own apart, the payer's odd and the recipient's even: both may state at once.
    const parity = tx.book === payerBook ? 1 : 2;
    const own = here.filter((one) => one.no % 2 === parity % 2);
    const no = confirms ?? own.length * 2 + parity;
    await this.agreements.insertBenefit(tx, id, { ...benefit, no }, confirms === undefined ? null : other);
    tx.audit({ agreement: id, benefit: no, kind: benefit.kind, valuedFen: valuedFen.toString() });
    return ok({ no });
  }
}
