import { setTimeout as sleep } from 'node:timers/promises';

import { Body, Controller, Get, Param, Post, Query, Sse, type MessageEvent } from '@nestjs/common';
import { from, type Observable } from 'rxjs';

import {
  Batches,
  BatchLines,
  PlanBatches,
  type BatchesPlanned,
  type BatchLinePage,
  type BatchView,
  type PlanTarget,
} from '@app/disbursement';
import type { Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { wireJson } from '../http/wire-json';
import { PAYOUT_READERS } from './payout-posts';
import { BatchesQuery, BatchLinesQuery, PlanBatchesRequest } from './payout.requests';

const PROGRESS_EVERY_MS = 1_000;
const LINES_PAGE = 100;

/** Payment batches: planned by the payout centre, carried by the worker, watched here. */
@Controller('books/:book/batches')
export class BatchesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly planBatches: PlanBatches,
    private readonly batches: Batches,
    private readonly lines: BatchLines,
  ) {}

  /** Puts all that is pending of an indicator or a settlement into batches and queues their submission. */
  @Post()
  async plan(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: PlanBatchesRequest,
  ): Promise<BatchesPlanned> {
    requirePost(principal, book, ['payout-centre'], book.region);
    const context = contextOf(principal, book, 'disbursement.plan-batches');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.planBatches.execute(tx, targetOf(body))));
  }

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { of }: BatchesQuery,
  ): Promise<{ items: BatchView[] }> {
    requirePost(principal, book, PAYOUT_READERS);
    return { items: await this.batches.list(book.id, of) };
  }

  @Get(':id')
  async byId(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<BatchView> {
    requirePost(principal, book, PAYOUT_READERS);
    return this.find(book, id);
  }

  /** Whose money and whose account, line by line, in the order the bank has them. */
  @Get(':id/lines')
  async batchLines(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() { cursor, limit }: BatchLinesQuery,
  ): Promise<BatchLinePage> {
    requirePost(principal, book, PAYOUT_READERS);
    await this.find(book, id);
    return this.lines.page(book.id, id, Number(cursor ?? 0), limit ?? LINES_PAGE);
  }

  /** The batch's counts once a second, until the bank has said something about every line. */
  @Sse(':id/events')
  async events(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<Observable<MessageEvent>> {
    requirePost(principal, book, PAYOUT_READERS);
    await this.find(book, id);
    return from(this.follow(book.id, id));
  }

  private async *follow(book: number, id: string): AsyncGenerator<MessageEvent> {
    for (;;) {
      const progress = await this.batches.progress(book, id);
      yield { type: 'progress', data: wireJson(progress) };
      if (progress.waiting === 0) return;
      await sleep(PROGRESS_EVERY_MS);
    }
  }

  private async find(book: Book, id: string): Promise<BatchView> {
    const batch = isUuid(id) ? await this.batches.byId(book.id, id) : undefined;
    return batch ?? unwrap(refuse({ code: 'BATCH_UNKNOWN', batch: id.slice(0, 64) }));
  }
}

const targetOf = ({ indicatorId, settlementId }: PlanBatchesRequest): PlanTarget =>
  indicatorId === undefined ? { settlementId: String(settlementId) } : { indicatorId };
