import type { LineRefusal } from './disbursement.refusals';
import type { ReissueFacts } from './line.store';

export interface ReissueRequest {
  readonly lineId: string;
  /** What to pay now; all that failed when left out. Less is possible where the rest can be stopped. */
  readonly amountFen?: bigint;
}

/** The failures that the same account cannot mend. */
const NEEDS_OTHER_ACCOUNT = 'fix-data';

/**
 * Why a line may not be paid again, or nothing. Only what came back (F) may: a line in transit, unknown ones
 * included, is never sent twice. Never for more than failed, and after a data error only on another account that
 * somebody else entered.
 */
export function reissueRefusal(
  request: ReissueRequest,
  facts: ReissueFacts | undefined,
  actor: string,
): LineRefusal | undefined {
  const { lineId } = request;
  if (!facts) return { code: 'LINE_UNKNOWN', lineId };
  if (facts.state !== 'returned') return { code: 'LINE_STATE_WRONG', lineId, state: facts.state };
  return amountRefusal(request, facts) ?? accountRefusal(lineId, facts, actor);
}

function amountRefusal({ lineId, amountFen }: ReissueRequest, facts: ReissueFacts): LineRefusal | undefined {
  if (amountFen === undefined) return undefined;
  if (amountFen <= 0n || amountFen > facts.dueFen) {
    return { code: 'REISSUE_ABOVE_FAILED', lineId, failedFen: facts.dueFen, askedFen: amountFen };
  }
  if (amountFen < facts.dueFen && facts.rail === 'market') return { code: 'RAIL_CANNOT_STOP', lineId };
  return undefined;
}

function accountRefusal(lineId: string, facts: ReissueFacts, actor: string): LineRefusal | undefined {
  if (facts.account === null) return { code: 'REISSUE_WITHOUT_ACCOUNT', lineId };
  const corrected = facts.account !== facts.failedAccount;
  if (!corrected && facts.reasonClass === NEEDS_OTHER_ACCOUNT) {
    return { code: 'REISSUE_NEEDS_CORRECTION', lineId, reasonCode: facts.reasonCode ?? '' };
  }
  if (corrected && facts.accountRecordedBy === actor) return { code: 'CORRECTED_BY_ONESELF', lineId };
  return undefined;
}
