import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import { AccountingFigures, DecideFigure, ProposeFigure, type ListedFigure } from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import { BookParam, contextOf, DecisionRequest, unwrap } from '../http';
import { FigureRequest } from './reports.requests';

const PROPOSERS = ['credit-registrar', 'forestry-handler'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...PROPOSERS, ...DECIDERS, 'finance-review', 'auditor'];

type PublicFigure = Omit<ListedFigure, 'proposedBy' | 'decidedBy' | 'decidedAt' | 'decisionNote'>;

/** 核算参数: densities and prices of the reports, proposed by one, decided by another, to be read by everybody. */
@Controller()
export class AccountingFiguresController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly figures: AccountingFigures,
    private readonly proposeFigure: ProposeFigure,
    private readonly decideFigure: DecideFigure,
  ) {}

  /** Those that count or counted, without who decided. */
  @Public()
  @Get('public/books/:book/accounting-figures')
  async publicList(@BookParam() book: Book): Promise<{ items: PublicFigure[] }> {
    const figures = await this.figures.list(book.id);
    return { items: figures.filter(({ state }) => state === 'approved').map(publicOf) };
  }

  @Get('books/:book/accounting-figures')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: ListedFigure[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.figures.list(book.id) };
  }

  @Post('books/:book/accounting-figures')
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() wanted: FigureRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.propose-figure');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.proposeFigure.execute(tx, wanted)));
  }

  @Post('books/:book/accounting-figures/:figure/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('figure') figure: string,
    @Body() { rejection }: DecisionRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    const context = contextOf(principal, book, 'credits.decide-figure', `figure/${figure.slice(0, 36)}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.decideFigure.execute(tx, { figure, rejection })),
    );
  }
}

const publicOf = (figure: ListedFigure): PublicFigure => ({
  ...{ id: figure.id, isOwn: figure.isOwn, kind: figure.kind, state: figure.state },
  ...{ forestClass: figure.forestClass, ageGroup: figure.ageGroup, origin: figure.origin },
  ...{ unit: figure.unit, amount: figure.amount, validFrom: figure.validFrom },
  ...{ source: figure.source, illustrative: figure.illustrative },
});
