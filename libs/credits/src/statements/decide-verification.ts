import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { MeasurementStore } from '../measuring/measurement.store';
import type { VerificationRefusal } from './statement.refusals';
import { VerificationStore, type LockedVerification } from './verification.store';

export interface VerificationDecision {
  readonly verification: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
  /** Regions the deciding person is responsible for. */
  readonly regions: readonly string[];
}

/** Somebody who neither recorded the report nor measured decides whether it covers the statement. */
@Injectable()
export class DecideVerification {
  constructor(
    private readonly measurements: MeasurementStore,
    private readonly verifications: VerificationStore,
  ) {}

  /**
   * Refuses VERIFICATION_UNKNOWN, VERIFICATION_DECIDED, STEP_BY_SAME_PERSON, COMMENT_PERIOD_RUNNING, STATEMENT_VERIFIED,
   * NOTHING_TO_VERIFY.
   */
  async execute(
    tx: Tx,
    { verification: id, rejection, regions }: VerificationDecision,
  ): Promise<Result<{ id: string; parcels: number }, VerificationRefusal>> {
    await this.measurements.lockBook(tx);
    const found = await this.verifications.lock(tx, id);
    if (!found || !regions.some((own) => covers(own, found.region))) {
      return refuse({ code: 'VERIFICATION_UNKNOWN', verification: id });
    }
    if (found.state !== 'proposed')
      return refuse({ code: 'VERIFICATION_DECIDED', verification: id, state: found.state });
    if (found.proposedBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'decide', before: 'propose' });
    }
    const covered = rejection === undefined ? await this.coverable(tx, found) : ok(0);
    if (!covered.ok) return covered;
    await this.verifications.decide(tx, id, rejection ?? null);
    if (rejection === undefined) await this.verifications.cover(tx, found.statement, id);
    const outcome = rejection === undefined ? 'approved' : 'rejected';
    tx.audit({ statement: found.statementNo, verification: id, outcome, parcels: covered.value });
    return ok({ id, parcels: covered.value });
  }

  private async coverable(tx: Tx, found: LockedVerification): Promise<Result<number, VerificationRefusal>> {
    const { statement, statementNo, commentUntil } = found;
    if (commentUntil !== null && dayOf(tx.now) <= commentUntil) {
      return refuse({ code: 'COMMENT_PERIOD_RUNNING', statement: statementNo, until: commentUntil });
    }
    const other = (await this.verifications.list(tx, tx.book, statement)).find(
      ({ state }) => state === 'approved',
    );
    if (other) return refuse({ code: 'STATEMENT_VERIFIED', statement: statementNo, verification: other.id });
    const { parcels, own } = await this.verifications.covered(tx, statement);
    if (own > 0) return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'verify', before: 'measure' });
    return parcels > 0 ? ok(parcels) : refuse({ code: 'NOTHING_TO_VERIFY', statement: statementNo });
  }
}
