import { Readable } from 'node:stream';

import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import {
  ClearFinding,
  ExternalLists,
  ImportExternalList,
  LIST_FILE,
  ReleaseExternal,
  type ClearFindingRefusal,
  type ListedList,
  type OverlapFinding,
  type TakenList,
} from '@app/credits';
import type { Principal } from '@app/identity';
import { isUuid } from '@app/kernel';
import { UnitOfWork, type Book } from '@app/platform';
import { writeTemplateOf } from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import {
  BookParam,
  contextOf,
  DecisionRequest,
  isDryRun,
  type Page,
  pageOf,
  pathId,
  sentFile,
  unwrap,
} from '../http';
import { sentAs } from '../registry/file-names';
import { decisionOf } from './decision.request';
import {
  ClearanceRequest,
  ExternalListQuery,
  ExternalReleaseRequest,
  OverlapsQuery,
} from './external-lists.requests';

const IMPORTERS = ['forestry-handler', 'credit-registrar'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...IMPORTERS, ...DECIDERS, 'auditor'];
const [PAGE, LISTS_SHOWN] = [50, 100];

/** Lists of other registries' projects, and where they meet land of this book. */
@Controller('books/:book')
export class ExternalListsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: ExternalLists,
    private readonly importList: ImportExternalList,
    private readonly clearFinding: ClearFinding,
    private readonly releaseExternal: ReleaseExternal,
  ) {}

  /** A workbook or CSV. 201; 200 after a dry run; 422 EXTERNAL_LIST_REFUSED with rows; 409 EXTERNAL_LIST_REPEATED. */
  @Post('external-lists')
  @HttpCode(201)
  async take(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: ExternalListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TakenList> {
    requirePost(principal, book, IMPORTERS, book.region);
    const { registry, listOn, source } = query;
    const dryRun = isDryRun(query, reply);
    const list = { registry, listOn, source, bytes: sentFile(request), dryRun };
    const context = contextOf(principal, book, 'credits.import-external-list', 'external-list');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.importList.execute(tx, list)));
  }

  /** An empty workbook to fill in: Chinese headings, and a sheet that explains. */
  @Get('external-lists/template.xlsx')
  template(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): StreamableFile {
    requirePost(principal, book, READERS);
    const { type, disposition } = sentAs('external-list-template', 'xlsx');
    return new StreamableFile(Readable.from(writeTemplateOf(LIST_FILE), { objectMode: false }), {
      type,
      disposition,
    });
  }

  /** The newest first. */
  @Get('external-lists')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: ListedList[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.lists.list(book.id, LISTS_SHOWN) };
  }

  /** What waits to be looked into, or all. */
  @Get('overlap-findings')
  async findings(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { cursor, limit = PAGE, open }: OverlapsQuery,
  ): Promise<Page<OverlapFinding>> {
    requirePost(principal, book, READERS);
    const after = cursor !== undefined && isUuid(cursor) ? cursor : null;
    const found = await this.lists.findings(book.id, { after, count: limit + 1, open: open !== 'false' });
    return pageOf(found, limit, ({ id }) => id);
  }

  @Post('overlap-findings/:id/clearance')
  @HttpCode(201)
  async clear(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { clearance }: ClearanceRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    pathId(id, (id): ClearFindingRefusal => ({ code: 'OVERLAP_UNKNOWN', id }));
    const context = contextOf(principal, book, 'credits.clear-overlap', `overlap/${id}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.clearFinding.execute(tx, { id, clearance })),
    );
  }

  /** Asks to let go of what another registry's project holds. */
  @Post('external-releases')
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: ExternalReleaseRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, IMPORTERS, book.region);
    const context = contextOf(principal, book, 'credits.propose-release', 'external-release');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.releaseExternal.propose(tx, body)));
  }

  @Post('external-releases/:id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: DecisionRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    const decision = decisionOf(id, body);
    const context = contextOf(principal, book, 'credits.decide-release', `external-release/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.releaseExternal.decide(tx, decision)));
  }
}
