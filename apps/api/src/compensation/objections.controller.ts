import { Body, Controller, Param, Post } from '@nestjs/common';

import { SettleObjection, type CompensationRefusal } from '@app/compensation';
import type { Principal } from '@app/identity';
import { isUuid } from '@app/kernel';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, RefusalException, unwrap } from '../http';
import { SettlementRequest } from './roster-way.requests';

/** Decisions about objections (异议). */
@Controller('books/:book/objections')
export class ObjectionsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settleObjection: SettleObjection,
  ) {}

  /** Upheld: the line is out for good. Dismissed: a supplementary roster may take it. */
  @Post(':id/settlement')
  async settle(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: SettlementRequest,
  ): Promise<{ lineState: string }> {
    if (!isUuid(id)) throw objectionUnknown(id);
    const context = contextOf(principal, book, 'compensation.settle-objection', `objection/${id}`);
    const settlement = { ...body, objection: id };
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.settleObjection.execute(tx, principal, settlement)),
    );
  }
}

function objectionUnknown(id: string): RefusalException {
  const reason: CompensationRefusal = { code: 'OBJECTION_UNKNOWN', objection: id.slice(0, 64) };
  return new RefusalException(reason);
}
