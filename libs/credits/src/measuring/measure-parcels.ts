import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { MarkParcels } from '@app/registry';
import type { MeasureRefusal } from '../credits.refusals';
import { sumGrams } from '../grams';
import { checkPeriod } from '../period.rules';
import { BookRuleStore } from '../rules/book-rule.store';
import { CoefficientStore, ILLUSTRATIVE_NOTE, type MeasuringSets } from './coefficient.store';
import { meanWarning, type MeanWarning } from './measure.rules';
import { MeasurementStore, type MeasuringScope, type Skipped } from './measurement.store';

export interface Measured {
  readonly parcels: number;
  readonly grams: bigint;
  readonly areaMu100: bigint;
  readonly coefficientSet: string;
  /** The set of the classes that are measured by the growth of their stock; absent where none is. */
  readonly stockChangeSet?: string;
  /** 示例系数，非核定值 when the set is illustrative. */
  readonly note?: string;
  readonly skipped: Skipped;
  readonly warnings: readonly MeanWarning[];
}

/**
 * Measures a year's growth (计量) of every parcel of a region that was not measured yet: area × coefficient, and the growth
 * of the stock for the classes that the county's measuring decision in force on the period's first day names.
 */
@Injectable()
export class MeasureParcels {
  constructor(
    private readonly coefficients: CoefficientStore,
    private readonly rules: BookRuleStore,
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
    const chosen = await this.choose(tx, scope.period.from);
    if (!chosen.ok) return chosen;
    const { coefficient: set, stockChange } = chosen.value;
    await this.measurements.lockBook(tx);
    const skipped = await this.measurements.skipped(tx, scope, chosen.value);
    const measured = await this.measurements.measure(tx, scope, chosen.value);
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
      ...(stockChange ? { stockChangeSet: stockChange.version } : {}),
      ...(set.illustrative || stockChange?.illustrative ? { note: ILLUSTRATIVE_NOTE } : {}),
      skipped,
      warnings: warning ? [warning] : [],
    });
  }

  private async choose(tx: Tx, day: Day): Promise<Result<MeasuringSets, MeasureRefusal>> {
    const coefficient = await this.coefficients.inForce(tx, day, 'coefficient');
    if (!coefficient) return refuse({ code: 'COEFFICIENTS_MISSING', day });
    const rule = await this.rules.inForce(tx, tx.book, 'measuring-method', day);
    const stockChangeClasses = rule?.stockChangeClasses ?? [];
    if (stockChangeClasses.length === 0) return ok({ coefficient, stockChange: null, stockChangeClasses });
    const stockChange = await this.coefficients.inForce(tx, day, 'stock-change');
    return stockChange
      ? ok({ coefficient, stockChange, stockChangeClasses })
      : refuse({ code: 'COEFFICIENTS_MISSING', day });
  }
}
