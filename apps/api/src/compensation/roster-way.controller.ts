import { Body, Controller, Param, Post } from '@nestjs/common';

import {
  CloseNotice,
  OpenNotice,
  RaiseObjection,
  RejectRoster,
  ReturnRoster,
  TakeStep,
  type ClosedNotice,
  type OpenedNotice,
  type StepTaken,
} from '@app/compensation';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book, type WorkContext } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import {
  ObjectionRequest,
  RejectionRequest,
  ReturnAnswerRequest,
  ReturnRequest,
} from './roster-way.requests';
import { RosterId } from './roster-param';

/** A roster's way: notice, objections, the end of the notice, the posts one after another. */
@Controller('books/:book/rosters/:id')
export class RosterWayController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly openNotice: OpenNotice,
    private readonly closeNotice: CloseNotice,
    private readonly raiseObjection: RaiseObjection,
    private readonly takeStep: TakeStep,
    private readonly rejectRoster: RejectRoster,
    private readonly returnRoster: ReturnRoster,
  ) {}

  @Post('notice')
  async publish(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
  ): Promise<OpenedNotice> {
    const context = workOn(principal, book, 'compensation.open-notice', id);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.openNotice.execute(tx, principal, id)));
  }

  /** Only after the notice's last day, by the book's clock. */
  @Post('notice/closing')
  async close(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
  ): Promise<ClosedNotice> {
    const context = workOn(principal, book, 'compensation.close-notice', id);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.closeNotice.execute(tx, principal, id)));
  }

  /** By anyone signed in, or by staff for somebody who came in person; keeps that one line out. */
  @Post('objections')
  async object(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
    @Body() body: ObjectionRequest,
  ): Promise<{ id: string }> {
    const context = workOn(principal, book, 'compensation.raise-objection', id);
    const draft = { ...body, roster: id };
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.raiseObjection.execute(tx, principal, draft)),
    );
  }

  @Post('steps/:post')
  async step(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
    @Param('post') post: string,
  ): Promise<StepTaken> {
    const context = workOn(principal, book, 'compensation.take-step', id);
    const step = { roster: id, post: post.slice(0, 64) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.takeStep.execute(tx, principal, step)));
  }

  /** Sends it back to the post that has to mend something, and to no other: it comes straight back. */
  @Post('returns')
  async sendBack(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
    @Body() body: ReturnRequest,
  ): Promise<{ nextPost: string }> {
    const context = workOn(principal, book, 'compensation.return-roster', id);
    const order = { ...body, roster: id };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.returnRoster.send(tx, principal, order)));
  }

  @Post('returns/answers')
  async answerReturn(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
    @Body() { answer }: ReturnAnswerRequest,
  ): Promise<{ nextPost: string }> {
    const context = workOn(principal, book, 'compensation.answer-return', id);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.returnRoster.answer(tx, principal, { roster: id, answer }),
      ),
    );
  }

  /** Gives the roster up with a reason; a corrected one is made and published anew. */
  @Post('rejection')
  async reject(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @RosterId() id: string,
    @Body() { reason }: RejectionRequest,
  ): Promise<{ state: string }> {
    const context = workOn(principal, book, 'compensation.reject-roster', id);
    const rejection = { roster: id, reason };
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.rejectRoster.execute(tx, principal, rejection)),
    );
  }
}

const workOn = (principal: Principal, book: Book, action: string, id: string): WorkContext =>
  contextOf(principal, book, action, `roster/${id}`);
