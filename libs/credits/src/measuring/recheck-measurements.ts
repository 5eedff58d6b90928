import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { RecheckRefusal } from '../credits.refusals';
import { checkPeriod } from '../period.rules';
import { MeasurementStore, type Checked, type MeasuringScope } from './measurement.store';

export interface Recheck extends MeasuringScope {
  /** All that wait in the region when left out. */
  readonly parcelCodes?: readonly string[];
  /** Why they are rejected; confirmed when left out. */
  readonly rejection?: string;
}

const NAMED_MAX = 20;

/** The bureau's own check of what was measured (复核, not 核证), by somebody who did not measure it. */
@Injectable()
export class RecheckMeasurements {
  constructor(private readonly measurements: MeasurementStore) {}

  /** Refuses STEP_BY_SAME_PERSON when the actor measured any of it, NOTHING_TO_RECHECK, PARCELS_NOT_WAITING. */
  async execute(tx: Tx, recheck: Recheck): Promise<Result<Checked, RecheckRefusal>> {
    const period = checkPeriod(recheck.period, dayOf(tx.now));
    if (!period.ok) return period;
    const checking = {
      region: recheck.region,
      period: recheck.period,
      outcome: recheck.rejection === undefined ? ('confirm' as const) : ('reject' as const),
      parcelCodes: recheck.parcelCodes ?? null,
    };
    await this.measurements.lockBook(tx);
    const { total, own, unknown } = await this.measurements.open(tx, checking);
    if (unknown.length > 0) {
      const parcels = unknown.slice(0, NAMED_MAX);
      return refuse({ code: 'PARCELS_NOT_WAITING', unknown: unknown.length, parcels });
    }
    if (own > 0) return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'recheck', before: 'measure' });
    if (total === 0) return refuse({ code: 'NOTHING_TO_RECHECK', region: recheck.region });
    const checked = await this.measurements.check(tx, checking, recheck.rejection ?? null);
    tx.audit({
      region: recheck.region,
      parcels: checked.parcels,
      grams: checked.grams.toString(),
      outcome: checking.outcome,
    });
    return ok(checked);
  }
}
