import { dayOf, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { AgreementRefusal } from './agreement.refusals';
import type { Agreement, AgreementSide, AgreementStore } from './agreement.store';

/** The agreement, held until the commit, when both books have approved it and its days run; else why not. */
export async function liveAgreement(
  tx: Tx,
  agreements: AgreementStore,
  { agreement: id, side }: { readonly agreement: string; readonly side?: AgreementSide },
): Promise<Result<Agreement, AgreementRefusal>> {
  const own = await agreements.lock(tx, id);
  if (!own) return refuse({ code: 'AGREEMENT_UNKNOWN', agreement: id });
  const there = (await agreements.there(tx, id))?.state ?? 'missing';
  const day = dayOf(tx.now);
  const inTerm = own.from <= day && day <= own.to;
  if (own.state !== 'approved' || there !== 'approved' || !inTerm) {
    return refuse({ code: 'AGREEMENT_NOT_LIVE', agreement: id, here: own.state, there, inTerm });
  }
  if (side !== undefined && tx.book !== (side === 'payer' ? own.payerBook : own.recipientBook)) {
    return refuse({ code: 'NOT_THIS_SIDE', agreement: id, needed: side });
  }
  return ok(own);
}
