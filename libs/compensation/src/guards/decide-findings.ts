import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import { Policies, type PostRequired, type Principal } from '@app/identity';
import type { Tx } from '@app/platform';
import { checkText } from '../check-text';
import type { Refused } from '../compensation.refusals';
import { SETTLERS } from '../compensation.words';
import { RosterStore, type Roster } from '../rosters/roster.store';
import { FindingStore, type HeldFinding } from './finding.store';
import type { FindingOutcome, FindingState } from './guard.words';

export interface FindingsOrder {
  readonly roster: string;
  /** Ids of findings of the roster, at most 1,000. */
  readonly findings: readonly string[];
  readonly reason: string;
}

export interface FindingsDecision extends FindingsOrder {
  readonly outcome: FindingOutcome;
}

type Refusals =
  | PostRequired
  | Refused<
      | 'ROSTER_UNKNOWN'
      | 'FINDING_UNKNOWN'
      | 'FINDING_STATE_WRONG'
      | 'FINDING_DECIDED_BY_ONESELF'
      | 'TEXT_EMPTY'
      | 'TEXT_HOLDS_NUMBER'
    >;

/**
 * What a guard held goes on only by two people with a reason, neither of whom made the roster: one proposes, another
 * decides. Whoever finds that the guard was right takes the lines out alone.
 */
@Injectable()
export class DecideFindings {
  constructor(
    private readonly rosters: RosterStore,
    private readonly findings: FindingStore,
  ) {}

  /** Refuses FINDING_DECIDED_BY_ONESELF to the roster's maker, FINDING_STATE_WRONG with the first that is not open. */
  async propose(
    tx: Tx,
    principal: Principal,
    order: FindingsOrder,
  ): Promise<Result<{ findings: number }, Refusals>> {
    const held = await this.hold(tx, principal, order, ['open']);
    if (!held.ok) return held;
    const { roster, reason } = held.value;
    await this.findings.propose(tx, order.findings, reason);
    tx.audit({ roster: roster.no, findings: held.value.findings.length, proposed: reason });
    return ok({ findings: held.value.findings.length });
  }

  /** Releases what another proposed, keeps it held, or upholds it. Returns how many lines it moved. */
  async decide(
    tx: Tx,
    principal: Principal,
    order: FindingsDecision,
  ): Promise<Result<{ findings: number; lines: number }, Refusals>> {
    const needed: FindingState[] =
      order.outcome === 'uphold' ? ['open', 'release-proposed'] : ['release-proposed'];
    const held = await this.hold(tx, principal, order, needed);
    if (!held.ok) return held;
    const { roster, reason, findings } = held.value;
    const own = findings.find(({ proposedBy }) => proposedBy === principal.userId);
    if (order.outcome === 'release' && own) {
      return refuse({ code: 'FINDING_DECIDED_BY_ONESELF', finding: own.id });
    }
    if (order.outcome === 'keep') await this.findings.keep(tx, order.findings);
    else {
      const state = order.outcome === 'release' ? 'released' : 'upheld';
      await this.findings.decide(tx, order.findings, state, reason);
    }
    const lines = await this.findings.moveLines(tx, order.roster, order.findings);
    tx.audit({ roster: roster.no, findings: findings.length, outcome: order.outcome, lines, reason });
    return ok({ findings: findings.length, lines });
  }

  private async hold(
    tx: Tx,
    principal: Principal,
    { roster: id, findings: ids, reason }: FindingsOrder,
    needed: readonly FindingState[],
  ): Promise<Result<{ roster: Roster; reason: string; findings: HeldFinding[] }, Refusals>> {
    const text = checkText('reason', reason);
    if (!text.ok) return text;
    // Shared: the notice does not begin or end between the look and the move.
    const roster = await this.rosters.lock(tx, id, 'share');
    if (!roster) return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    const allowed = Policies.require(principal, tx.book, SETTLERS, roster.region);
    if (!allowed.ok) return allowed;
    const findings = await this.findings.lock(tx, id, ids);
    const unknown = ids.find((asked) => !findings.some((finding) => finding.id === asked));
    if (unknown !== undefined) return refuse({ code: 'FINDING_UNKNOWN', finding: unknown });
    if (roster.madeBy === principal.userId) {
      return refuse({ code: 'FINDING_DECIDED_BY_ONESELF', finding: ids[0] ?? id });
    }
    const wrong = findings.find(({ state }) => !needed.includes(state));
    if (wrong) {
      return refuse({ code: 'FINDING_STATE_WRONG', finding: wrong.id, state: wrong.state, needed });
    }
    return ok({ roster, reason: text.value, findings });
  }
}
