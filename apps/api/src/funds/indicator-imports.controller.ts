import { Readable } from 'node:stream';

import { Controller, Get, HttpCode, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import {
  FundSources,
  ImportIndicators,
  IndicatorImports,
  writeIndicatorTemplate,
  type ImportedIndicators,
  type IndicatorImport,
} from '@app/funds';
import type { Principal } from '@app/identity';
import { dayOf } from '@app/kernel';
import { Books, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DryRunQuery, isDryRun, unwrap, sentFile } from '../http';
import { sentAs } from '../registry/file-names';
import { KEEPERS, READERS } from './funds-posts';

const IMPORTS_SHOWN = 100;

/** Workbooks and CSV files of indicators. */
@Controller('books/:book/indicator-imports')
export class IndicatorImportsController {
  constructor(
    private readonly books: Books,
    private readonly importIndicators: ImportIndicators,
    private readonly imports: IndicatorImports,
    private readonly sources: FundSources,
  ) {}

  /** 201 with the import; 200 after a dry run; 422 IMPORT_REFUSED with rows; 409 IMPORT_REPEATED. */
  @Post()
  @HttpCode(201)
  async load(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: DryRunQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportedIndicators> {
    requirePost(principal, book, KEEPERS, book.region);
    const context = contextOf(principal, book, 'funds.import-indicators');
    const file = { bytes: sentFile(request), dryRun: isDryRun(query, reply) };
    return unwrap(await this.importIndicators.execute(context, file));
  }

  /** An empty workbook to fill in: Chinese headings, the book's sources to choose from, and a sheet that explains. */
  @Get('template.xlsx')
  async template(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): Promise<StreamableFile> {
    requirePost(principal, book, READERS);
    const day = dayOf(await this.books.now(book.id));
    const names = (await this.sources.list(book.id, day)).map(({ nameZh }) => nameZh);
    const { type, disposition } = sentAs('indicators-template', 'xlsx');
    const pieces = Readable.from(writeIndicatorTemplate(names), { objectMode: false });
    return new StreamableFile(pieces, { type, disposition });
  }

  /** The latest imports, newest first. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: IndicatorImport[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.imports.latest(book.id, IMPORTS_SHOWN) };
  }
}
