import { Body, Controller, Post } from '@nestjs/common';

import { ExcludeProgrammes, ImportWatchList } from '@app/compensation';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { ExclusionRequest, WatchListRequest } from './finding.requests';
import { ProgrammeId } from './proposal-param';

/** What the guards of rosters look by: lists of persons, and programmes that exclude each other. */
@Controller('books/:book')
export class WatchListsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly importWatchList: ImportWatchList,
    private readonly excludeProgrammes: ExcludeProgrammes,
  ) {}

  @Post('watch-lists')
  async watch(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: WatchListRequest,
  ): Promise<{ id: string; entries: number }> {
    const context = contextOf(principal, book, 'compensation.import-watch-list', `list/${body.kind}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.importWatchList.execute(tx, principal, body)),
    );
  }

  @Post('programmes/:id/exclusions')
  async exclude(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProgrammeId() programme: string,
    @Body() body: ExclusionRequest,
  ): Promise<object> {
    const context = contextOf(principal, book, 'compensation.exclude-programmes', `programme/${programme}`);
    const order = { ...body, programme };
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.excludeProgrammes.execute(tx, principal, order)),
    );
  }
}
