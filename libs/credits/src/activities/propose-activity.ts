import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { numberInText } from '../text.rules';
import type { ActivityRefusal } from './activity.refusals';
import { activityFaults, type ActivityDraft } from './activity.rules';
import { ActivityStore } from './activity.store';

export interface ActivityProposal extends ActivityDraft {
  readonly parcelCode: string;
  /** The paper it rests on, and where it is kept. */
  readonly evidence: string;
  /** The order that changed the parcel's class or age group for it, by its id or number. */
  readonly parcelOrder?: string;
  /** Regions the proposing person is responsible for. */
  readonly regions: readonly string[];
}

/** Records what was done to a parcel's forest (抚育, 毛竹低产林改造, 大径材). It counts when another person approves it. */
@Injectable()
export class ProposeActivity {
  constructor(private readonly activities: ActivityStore) {}

  /** Refuses PARCEL_UNKNOWN (also outside the regions), ACTIVITY_REFUSED with every fault, PERSONAL_NUMBER_IN_TEXT. */
  async execute(tx: Tx, proposal: ActivityProposal): Promise<Result<{ id: string }, ActivityRefusal>> {
    const { parcelCode, evidence, parcelOrder, regions, multiplier, kind, doneOn, areaMu100 } = proposal;
    const number = numberInText({ evidence });
    if (number) return refuse(number);
    const parcel = await this.activities.parcel(tx, parcelCode);
    if (!parcel || !regions.some((own) => covers(own, parcel.village))) {
      return refuse({ code: 'PARCEL_UNKNOWN', parcel: parcelCode.slice(0, 64) });
    }
    const errors = activityFaults(proposal, parcel.areaMu100, dayOf(tx.now));
    if (errors.length > 0) return refuse({ code: 'ACTIVITY_REFUSED', errors });
    const id = newId();
    await this.activities.insert(tx, {
      ...{ id, parcel: parcel.id, kind, doneOn, areaMu100, evidence },
      parcelOrder: parcelOrder ?? null,
      multiplier: multiplier ?? null,
    });
    tx.audit({ activity: id, parcel: parcelCode, kind, multiplierPpm: multiplier?.multiplierPpm.toString() });
    return ok({ id });
  }
}
