import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import type { ActivityRefusal } from './activity.refusals';
import { ActivityStore } from './activity.store';

export interface ActivityDecision {
  readonly activity: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
  /** Regions the deciding person is responsible for. */
  readonly regions: readonly string[];
}

/** Somebody who did not propose it approves or rejects an activity, once. What was measured before stays as it was. */
@Injectable()
export class DecideActivity {
  constructor(private readonly activities: ActivityStore) {}

  /** Refuses ACTIVITY_UNKNOWN (also outside the regions), ACTIVITY_DECIDED, STEP_BY_SAME_PERSON, MULTIPLIER_SAME_YEARS. */
  async execute(
    tx: Tx,
    { activity: id, rejection, regions }: ActivityDecision,
  ): Promise<Result<{ id: string }, ActivityRefusal>> {
    const activity = await this.activities.lock(tx, id);
    if (!activity || !regions.some((own) => covers(own, activity.village))) {
      return refuse({ code: 'ACTIVITY_UNKNOWN', activity: id });
    }
    if (activity.state !== 'proposed')
      return refuse({ code: 'ACTIVITY_DECIDED', activity: id, state: activity.state });
    if (activity.proposedBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'decide', before: 'propose' });
    }
    if (rejection === undefined && activity.multiplier) {
      const other = await this.activities.sameYears(tx, id);
      if (other !== undefined) return refuse({ code: 'MULTIPLIER_SAME_YEARS', activity: id, other });
    }
    await this.activities.decide(tx, id, rejection ?? null);
    tx.audit({
      activity: id,
      parcel: activity.parcelCode,
      outcome: rejection === undefined ? 'approved' : 'rejected',
    });
    return ok({ id });
  }
}
