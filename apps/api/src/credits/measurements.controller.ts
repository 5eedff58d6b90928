import { Body, Controller, HttpCode, Post } from '@nestjs/common';

import { MeasureParcels, RecheckMeasurements, type Checked, type Measured } from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { PeriodRequest, RecheckRequest } from './credits.requests';

/** Who may measure. Whoever does may neither re-check nor issue it. */
const MEASURERS = ['credit-registrar', 'forestry-handler'];
const RECHECKERS = ['forestry-reviewer'];

/** Measuring a year's growth (计量) and the bureau's own check of it (复核). */
@Controller('books/:book/measurements')
export class MeasurementsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly measureParcels: MeasureParcels,
    private readonly recheckMeasurements: RecheckMeasurements,
  ) {}

  /** Measures every parcel of the region that was not measured yet for the period. */
  @Post()
  @HttpCode(201)
  async measure(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { from, to, region = book.region }: PeriodRequest,
  ): Promise<Measured> {
    requirePost(principal, book, MEASURERS, region);
    const context = contextOf(principal, book, 'credits.measure-parcels', `region/${region}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.measureParcels.execute(tx, { region, period: { from, to } }),
      ),
    );
  }

  @Post('recheck')
  @HttpCode(201)
  async recheck(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { from, to, region = book.region, parcelCodes, rejection }: RecheckRequest,
  ): Promise<Checked> {
    requirePost(principal, book, RECHECKERS, region);
    const context = contextOf(principal, book, 'credits.recheck-measurements', `region/${region}`);
    const recheck = {
      region,
      period: { from, to },
      ...(parcelCodes === undefined ? {} : { parcelCodes }),
      ...(rejection === undefined ? {} : { rejection }),
    };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.recheckMeasurements.execute(tx, recheck)));
  }
}
