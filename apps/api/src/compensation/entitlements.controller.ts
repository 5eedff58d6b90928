import { Controller, Get, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

import { Entitlements, type EntitlementView } from '@app/compensation';
import type { Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { CurrentPrincipal } from '../auth';
import { BookParam, pageOf, type Page } from '../http';
import { ProgrammeId } from './proposal-param';
import { rosterScope } from './roster-readers';

const PAGE = 100;

export class EntitlementsQuery {
  /** What the page before gave as next. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

/** What a programme owes otherwise than by land: to whom, why, and which roster has it. */
@Controller('books/:book/programmes/:id/entitlements')
export class EntitlementsController {
  constructor(private readonly entitlements: Entitlements) {}

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @ProgrammeId() programme: string,
    @Query() { cursor, limit = PAGE }: EntitlementsQuery,
  ): Promise<Page<EntitlementView>> {
    const scope = rosterScope(principal, book);
    const found = await this.entitlements.list(book.id, { programme, scope, cursor, limit });
    return pageOf(found, limit, ({ key }) => key);
  }
}
