import { Readable } from 'node:stream';

import { Controller, Get, HttpCode, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { ConfirmRosterFile, Rosters, WriteRosterFile, type ConfirmedFile } from '@app/compensation';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, DryRunQuery, isDryRun, sentFile, unwrap } from '../http';
import { sentAs } from '../registry/file-names';
import { RosterId, rosterUnknown } from './roster-param';
import { rosterScope } from './roster-readers';

/** 发放清册 as a file: out to the village in the bureau's template, and back as its confirmation. */
@Controller('books/:book/rosters/:id/file')
export class RosterFileController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rosters: Rosters,
    private readonly confirmRosterFile: ConfirmRosterFile,
    private readonly writeRosterFile: WriteRosterFile,
  ) {}

  /** The lines of the reader's regions, as a workbook. */
  @Get()
  async download(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
  ): Promise<StreamableFile> {
    const regions = rosterScope(principal, book);
    const roster = await this.rosters.byId(book.id, id, regions);
    if (!roster) throw rosterUnknown(id);
    const file = this.writeRosterFile.execute(book.id, { roster: id, regions });
    return new StreamableFile(
      Readable.from(file, { objectMode: false }),
      sentAs(`roster-${roster.no}`, 'xlsx'),
    );
  }

  /** 201 when it says what the roster says, 200 after a dry run; 422 ROSTER_FILE_REFUSED with rows otherwise. */
  @Post()
  @HttpCode(201)
  async confirm(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() roster: string,
    @Query() query: DryRunQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConfirmedFile> {
    const dryRun = isDryRun(query, reply);
    const order = { roster, bytes: sentFile(request), dryRun };
    const context = contextOf(principal, book, 'compensation.confirm-roster-file', `roster/${roster}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.confirmRosterFile.execute(tx, principal, order)),
    );
  }
}
