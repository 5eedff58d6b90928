import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';

import { TendingLog, type TendedYear } from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { Registry } from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { phoneIndexOf } from '../registry/person';
import { TendingRequest } from './activities.requests';

const RECORDERS = ['village-clerk', 'forestry-handler'];

/** 养护时长: how long households tended their forest. It never mints: no gram is made of it. */
@Controller('books/:book')
export class TendingLogController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: Registry,
    private readonly tendingLog: TendingLog,
  ) {}

  @Post('tending-log')
  @HttpCode(201)
  async record(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() tending: TendingRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, RECORDERS);
    const draft = { ...tending, regions: Policies.regionsOf(principal, book.id, RECORDERS) };
    const context = contextOf(principal, book, 'credits.record-tending', 'tending-log');
    return unwrap(await this.unitOfWork.run(context, (tx) => this.tendingLog.record(tx, draft)));
  }

  /** Of the parties of the caller's phone. */
  @Get('my/tending-log')
  async mine(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: TendedYear[] }> {
    const own = await this.registry.partiesByPhone(book.id, phoneIndexOf(principal));
    return {
      items: await this.tendingLog.of(
        book.id,
        own.map(({ id }) => id),
      ),
    };
  }
}
