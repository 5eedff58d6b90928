import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import {
  AdjustIndicator,
  IndicatorDocuments,
  Indicators,
  type Adjusted,
  type FundsRefusal,
  type IndicatorDocument,
  type IndicatorView,
} from '@app/funds';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, pathId, RefusalException, unwrap } from '../http';
import { AdjustmentRequest } from './adjustment.requests';
import { KEEPERS, READERS } from './funds-posts';

const unknown = (indicator: string): FundsRefusal => ({ code: 'INDICATOR_UNKNOWN', indicator });

/** One indicator: its figures, the documents behind them, and those that change its amount. */
@Controller('books/:book/indicators/:id')
export class IndicatorController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly indicators: Indicators,
    private readonly documents: IndicatorDocuments,
    private readonly adjustIndicator: AdjustIndicator,
  ) {}

  @Get()
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<IndicatorView & { readonly documents: IndicatorDocument[] }> {
    requirePost(principal, book, READERS);
    const indicator = await this.indicators.byId(book.id, pathId(id, unknown));
    if (!indicator) throw new RefusalException(unknown(id));
    return { ...indicator, documents: await this.documents.of(book.id, id) };
  }

  /** Never below what is reserved or further on: 409 INDICATOR_LOCKED with the figures. */
  @Post('adjustments')
  @HttpCode(201)
  async adjust(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: AdjustmentRequest,
  ): Promise<Adjusted> {
    requirePost(principal, book, KEEPERS, book.region);
    const draft = { ...body, indicator: pathId(id, unknown), changeFen: BigInt(body.changeFen) };
    const context = contextOf(principal, book, 'funds.adjust-indicator', `indicator/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.adjustIndicator.execute(tx, draft)));
  }
}
