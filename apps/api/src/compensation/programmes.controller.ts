import { Body, Controller, Get, Param, Post } from '@nestjs/common';

import {
  AddStandard,
  CreateProgramme,
  Programmes,
  USUAL_POSTS,
  USUAL_RIGHT_KINDS,
  type CompensationRefusal,
  type ProgrammeView,
} from '@app/compensation';
import { isUuid } from '@app/kernel';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, RefusalException, unwrap } from '../http';
import { ProgrammeRequest, StandardRequest } from './programme.requests';
import { rosterScope } from './roster-readers';

/** Compensation programmes and their dated standards. */
@Controller('books/:book/programmes')
export class ProgrammesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly createProgramme: CreateProgramme,
    private readonly addStandard: AddStandard,
    private readonly programmes: Programmes,
  ) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: ProgrammeView[] }> {
    rosterScope(principal, book);
    return { items: await this.programmes.list(book.id) };
  }

  @Post()
  async create(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body()
    {
      code,
      nameZh,
      nameEn,
      rightKinds,
      noticeDays,
      noticeDayKind,
      posts,
      quality,
      ruleKind,
      settings,
    }: ProgrammeRequest,
  ): Promise<{ id: string }> {
    const draft = {
      code,
      nameZh,
      nameEn: nameEn ?? nameZh,
      rightKinds: rightKinds ?? USUAL_RIGHT_KINDS,
      noticeDays,
      noticeDayKind,
      posts: posts ?? USUAL_POSTS,
      ruleKind,
      settings,
      quality: quality && { minPpm: BigInt(quality.minPpm), maxPpm: BigInt(quality.maxPpm) },
    };
    const context = contextOf(principal, book, 'compensation.create-programme');
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.createProgramme.execute(tx, principal, draft)),
    );
  }

  /** What a mu pays from a day on. An open standard before it ends the day before. */
  @Post(':id/standards')
  async addStandardTo(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: StandardRequest,
  ): Promise<{ id: string }> {
    if (!isUuid(id)) throw programmeUnknown(id);
    const draft = {
      ...body,
      programme: id,
      payableFenPerMu: BigInt(body.payableFenPerMu),
      publicManagementFenPerMu: BigInt(body.publicManagementFenPerMu),
      deduction: body.deduction && { ...body.deduction, fenPerMu: BigInt(body.deduction.fenPerMu) },
    };
    const context = contextOf(principal, book, 'compensation.add-standard', `programme/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.addStandard.execute(tx, principal, draft)));
  }
}

function programmeUnknown(id: string): RefusalException {
  const reason: CompensationRefusal = { code: 'PROGRAMME_UNKNOWN', programme: id.slice(0, 64) };
  return new RefusalException(reason);
}
