import { Body, Controller, Get, Post } from '@nestjs/common';

import {
  AdoptRideFactor,
  AdoptSplitRule,
  MarketFigures,
  OpenProduct,
  Products,
  type MarketFiguresView,
} from '@app/cards';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { AdoptRideFactorRequest, AdoptSplitRuleRequest, OpenProductRequest } from './card-market.requests';
import { productView, ruleView } from './card.presenters';

/** What is sold, by which rules, and what came of it. */
@Controller()
export class CardMarketController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly products: Products,
    private readonly openProduct: OpenProduct,
    private readonly adoptSplitRule: AdoptSplitRule,
    private readonly adoptRideFactor: AdoptRideFactor,
    private readonly figures: MarketFigures,
  ) {}

  /** The products on sale, the split rule and the ride factor in force. */
  @Public()
  @Get('public/books/:book/card-products')
  async catalogue(@BookParam() book: Book): Promise<object> {
    const { products, splitRule, rideFactor } = await this.products.catalogue(book.id);
    return {
      items: products.map(productView),
      splitRule: splitRule ? ruleView(splitRule) : null,
      rideFactor: rideFactor ?? null,
    };
  }

  @Post('books/:book/card-products')
  async open(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: OpenProductRequest,
  ): Promise<object> {
    requirePost(principal, book, ['card-operator'], book.region);
    const product = {
      ...body,
      form: 'bus' as const,
      priceFenPerKg: BigInt(body.priceFenPerKg),
      leastGrams: BigInt(body.leastGrams),
      mostGrams: BigInt(body.mostGrams),
    };
    const context = contextOf(principal, book, 'cards.open-product');
    return productView(
      unwrap(await this.unitOfWork.run(context, (tx) => this.openProduct.execute(tx, product))),
    );
  }

  @Post('books/:book/card-split-rules')
  async adoptSplit(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: AdoptSplitRuleRequest,
  ): Promise<{ version: number }> {
    requirePost(principal, book, ['card-operator'], book.region);
    const draft = {
      ...body,
      afforestationPpm: BigInt(body.afforestationPpm),
      suppliersPpm: BigInt(body.suppliersPpm),
      feePpm: BigInt(body.feePpm),
      taxPpm: BigInt(body.taxPpm),
      channelPpm: BigInt(body.channelPpm),
      refundReservePpm: BigInt(body.refundReservePpm),
    };
    const context = contextOf(principal, book, 'cards.adopt-split-rule');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.adoptSplitRule.execute(tx, draft)));
  }

  @Post('books/:book/ride-factors')
  async adoptFactor(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: AdoptRideFactorRequest,
  ): Promise<object> {
    requirePost(principal, book, ['card-operator'], book.region);
    const factor = { ...body, gramsPerKm: BigInt(body.gramsPerKm) };
    const context = contextOf(principal, book, 'cards.adopt-ride-factor');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.adoptRideFactor.execute(tx, factor)));
  }

  /** Totals in fen, straight from the ledger. They name nobody, so they are public. */
  @Public()
  @Get(['books/:book/figures/market', 'public/books/:book/figures/market'])
  market(@BookParam() book: Book): Promise<MarketFiguresView> {
    return this.figures.of(book.id);
  }
}
