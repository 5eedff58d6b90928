import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';

import {
  CollectiveReceipts,
  NumberReceipts,
  RecordPlatformNumbers,
  type CollectiveReceipt,
  type PlatformNumbers,
  type UnmatchedRow,
} from '@app/disclosure';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { covers } from '@app/regions';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, type Page, pageOf, unwrap } from '../http';
import { PlatformRowsRequest, ReceiptDaysRequest, ReceiptsQuery } from './disclosure.requests';

const WRITERS = ['town-finance', 'payout-centre'];
const READERS = [...WRITERS, 'finance-review', 'auditor'];
const PAGE = 100;

/** 三资: what villages' collectives received, by our numbers and the platform's. */
@Controller('books/:book/collective-receipts')
export class ReceiptsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly receipts: CollectiveReceipts,
    private readonly numberReceipts: NumberReceipts,
    private readonly recordPlatformNumbers: RecordPlatformNumbers,
  ) {}

  /** Of the reader's regions, in the order of their numbers. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { from, to, region, state, cursor, limit = PAGE }: ReceiptsQuery,
  ): Promise<Page<CollectiveReceipt>> {
    requirePost(principal, book, READERS);
    const own = Policies.regionsOf(principal, book.id, READERS);
    const scope = region === undefined ? own : own.some((one) => covers(one, region)) ? [region] : [];
    const page = { from, to, scope, isUnmatched: state === 'unmatched', after: cursor ?? null };
    const found = await this.receipts.page(book.id, { ...page, count: limit + 1 });
    return pageOf(found, limit, ({ no }) => no);
  }

  /** Rows of the platform that fit no receipt: they have no village, so they are for the whole book. */
  @Get('unmatched-rows')
  async unmatched(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: UnmatchedRow[] }> {
    requirePost(principal, book, READERS, book.region);
    return { items: await this.receipts.unmatched(book.id) };
  }

  @Post('numbers')
  @HttpCode(201)
  async number(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { region = book.region, from, to }: ReceiptDaysRequest,
  ): Promise<{ numbered: number }> {
    requirePost(principal, book, WRITERS, region);
    const context = contextOf(principal, book, 'disclosure.number-receipts', `region/${region}`);
    const command = { bookCode: book.code, region, from, to };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.numberReceipts.execute(tx, command)));
  }

  @Post('platform-numbers')
  @HttpCode(201)
  async record(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { rows }: PlatformRowsRequest,
  ): Promise<PlatformNumbers> {
    requirePost(principal, book, WRITERS, book.region);
    const context = contextOf(principal, book, 'disclosure.record-platform-numbers');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.recordPlatformNumbers.execute(tx, rows)));
  }
}
