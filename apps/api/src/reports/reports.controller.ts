import { Readable } from 'node:stream';

import { Controller, Get, HttpException, Param, Query, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { REPORT_KINDS, Reports, workbookOf, type Report, type ReportKind } from '@app/credits';
import type { Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { sentAs } from '../registry/file-names';
import { REPORT_READERS } from './report-readers';
import { ReportQuery } from './reports.requests';

/** What may change hands with an office is not told in public: who left it when, and what the guards found. */
const PUBLIC_KINDS = REPORT_KINDS.filter((kind) => kind !== 'audit');
const WORKBOOK = '.xlsx';

/** The statutory reports: for everybody where they tell of nobody, for staff all of their regions. */
@Controller()
export class ReportsController {
  constructor(private readonly reports: Reports) {}

  /** As JSON, or as a workbook where the name ends with .xlsx. */
  @Public()
  @Get('public/books/:book/reports/:file')
  async publicReport(
    @BookParam() book: Book,
    @Param('file') file: string,
    @Query() query: ReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Report | StreamableFile> {
    const { kind, isWorkbook } = namedBy(file, PUBLIC_KINDS);
    const report = unwrap(await this.reports.of(book, kind, query, 'public'));
    return isWorkbook ? asFile(report, reply) : report;
  }

  @Get('books/:book/reports/:file')
  async report(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('file') file: string,
    @Query() query: ReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Report | StreamableFile> {
    const { kind, isWorkbook } = namedBy(file, REPORT_KINDS);
    requirePost(principal, book, REPORT_READERS, query.region ?? book.region);
    const report = unwrap(await this.reports.of(book, kind, query, 'staff'));
    return isWorkbook ? asFile(report, reply) : report;
  }
}

function namedBy(file: string, kinds: readonly ReportKind[]): { kind: ReportKind; isWorkbook: boolean } {
  const isWorkbook = file.endsWith(WORKBOOK);
  const name = isWorkbook ? file.slice(0, -WORKBOOK.length) : file;
  const kind = kinds.find((known) => known === name);
  if (kind) return { kind, isWorkbook };
  throw new HttpException(
    { code: 'REPORT_UNKNOWN', detail: 'There is no such report.', reports: kinds },
    404,
  );
}

function asFile(report: Report, reply: FastifyReply): StreamableFile {
  const { type, disposition } = sentAs(`${report.kind}-${report.region}-${report.day}`, 'xlsx');
  // Whoever has the file can ask whether it is what the book says: the fingerprint is in it and here.
  reply.header('x-content-sha256', report.sha256);
  return new StreamableFile(Readable.from(workbookOf(report), { objectMode: false }), { type, disposition });
}
