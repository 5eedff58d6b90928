import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { MarkParcels } from '@app/registry';
import type { MeasureRefusal } from '../credits.refusals';
import { sumGrams } from '../grams';
import { checkPeriod } from '../period.rules';
import { CoefficientStore, ILLUSTRATIVE_NOTE } from './coefficient.store';
import { meanWarning, type MeanWarning } from './measure.rules';
import { MeasurementStore, type MeasuringScope, type Skipped } from './measurement.store';

export interface Measured {
  readonly parcels: number;
  readonly grams: bigint;
  readonly areaMu100: bigint;
  readonly coefficientSet: string;
  /** 示例系数，非核定值 when the set is illustrative. */
  readonly note?: string;
  readonly skipped: Skipped;
  readonly warnings: readonly MeanWarning[];
}

/** Measures a year's growth (计量): area × coefficient for every parcel of a region that was not measured yet. */
@Injectable()
export class MeasureParcels {
  constructor(
    private readonly coefficients: CoefficientStore,
    private readonly measurements: MeasurementStore,
    private readonly markParcels: MarkParcels,
  ) {}

  /**
   * Refuses PERIOD_WRONG, PERIOD_NOT_OVER, COEFFICIENTS_MISSING, NOTHING_TO_MEASURE. Running it again measures
   * only what came since.
   */
  async execute(tx: Tx, scope: MeasuringScope): Promise<Result<Measured, MeasureRefusal>> {
    const period = checkPeriod(scope.period, dayOf(tx.now));
    if (!period.ok) return period;
    const set = await this.coefficients.inForce(tx, scope.period.from);
    if (!set) return refuse({ code: 'COEFFICIENTS_MISSING', day: scope.period.from });
    await this.measurements.lockBook(tx);
    const skipped = await this.measurements.skipped(tx, scope, set);
    const measured = await this.measurements.measure(tx, scope, set);
    if (measured.length === 0) return refuse({ code: 'NOTHING_TO_MEASURE', region: scope.region });
    await this.markParcels.execute(
      tx,
      measured.map(({ parcel }) => parcel),
      'measured',
    );
    const grams = sumGrams(measured);
    const areaMu100 = measured.reduce((sum, { areaMu100: area }) => sum + area, 0n);
    const warning = meanWarning(grams, areaMu100);
    tx.audit({ region: scope.region, parcels: measured.length, grams: grams.toString(), set: set.version });
    return ok({
      parcels: measured.length,
      grams,
      areaMu100,
      coefficientSet: set.version,
      ...(set.illustrative ? { note: ILLUSTRATIVE_NOTE } : {}),
      skipped,
      warnings: warning ? [warning] : [],
    });
  }
}
