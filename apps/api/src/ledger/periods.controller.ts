import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '@app/identity';
import { refuse } from '@app/kernel';
import { AskReopening, ClosePeriod, Periods, ReopenPeriod, type PeriodView } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { AN_INSTANT, isInstant, objectOf, textOf } from './body-reader';
import { POSTERS, READERS } from './posts';
import { readBody } from './read-body';

/** Stretches of effective time that are closed: nothing counts in them any more. */
@Controller('books/:book/periods')
export class PeriodsController {
  constructor(
    private readonly periods: Periods,
    private readonly closePeriod: ClosePeriod,
    private readonly askReopening: AskReopening,
    private readonly reopenPeriod: ReopenPeriod,
  ) {}

  /** `{endsAt}`: all up to and including it. 200 when the last period was closed so before. */
  @Post()
  async close(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const endsAt = readBody(() => endOf(body));
    const context = contextOf(principal, book, 'ledger.close-period', `period/${endsAt.toISOString()}`);
    const { period, replayed } = unwrap(await this.closePeriod.execute(context, { endsAt }));
    if (replayed) reply.status(200).header('Idempotency-Replayed', 'true');
    return period;
  }

  /** Somebody asks; another person reopens. */
  @Post(':no/reopening-requests')
  async ask(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('no') no: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const context = contextOf(principal, book, 'ledger.ask-reopening', `period/${no}`);
    return answer(unwrap(await this.askReopening.execute(context, { no: known(no) })), reply);
  }

  /** By another person than the one who asked; the last period only. */
  @Post(':no/reopenings')
  async reopen(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('no') no: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const context = contextOf(principal, book, 'ledger.reopen-period', `period/${no}`);
    return answer(unwrap(await this.reopenPeriod.execute(context, { no: known(no) })), reply);
  }

  /** Newest first. */
  @Get()
  async list(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): Promise<object> {
    requirePost(principal, book, READERS);
    return { items: await this.periods.list(book.id) };
  }
}

function answer(
  { period, replayed }: { period: PeriodView; replayed: boolean },
  reply: FastifyReply,
): object {
  if (replayed) reply.status(200).header('Idempotency-Replayed', 'true');
  return period;
}

const NO = /^[1-9]\d{0,8}$/;

const known = (no: string): bigint =>
  NO.test(no) ? BigInt(no) : unwrap(refuse({ code: 'PERIOD_UNKNOWN', period: no.slice(0, 64) }));

const endOf = (value: unknown): Date =>
  new Date(
    textOf(
      objectOf(value, '', ['endsAt']),
      { field: 'endsAt' },
      { fits: isInstant, code: 'INSTANT_MALFORMED', expected: AN_INSTANT },
    ),
  );
