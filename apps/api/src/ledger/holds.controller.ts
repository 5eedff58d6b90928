import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import { EndHold, HoldStore, PlaceHold, type PlaceHoldCommand, type PostedEntry } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { amountOf, AN_INSTANT, bodyError, isInstant, objectOf, textOf } from './body-reader';
import { saidAbout } from './entry-body';
import { ACCOUNT, ASSET } from './fields';
import { idOfKey } from './idempotency-key';
import { POSTERS, READERS } from './posts';
import { presentPosted } from './presenters';
import { readBody } from './read-body';

/** Amounts of open accounts set aside until they are committed, released or their time runs out. */
@Controller('books/:book/holds')
export class HoldsController {
  constructor(
    private readonly placeHold: PlaceHold,
    private readonly endHold: EndHold,
    private readonly holds: HoldStore,
  ) {}

  /** `{from, asset, amount, expiresAt, reference?, memo?}`; the hold's id is the entry's. */
  @Post()
  async place(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const command = readBody(() => holdOf(idOfKey(book, key), body));
    return answer(unwrap(await this.placeHold.execute(book.id, principal.userId, command)), reply);
  }

  /** `{to, amount?}`: the whole when no amount is said; the rest goes back. */
  @Post(':hold/commit')
  @HttpCode(201)
  async commit(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('hold') hold: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const command = readBody(() => {
      const object = objectOf(body, '', ['to', 'amount']);
      return {
        id: idOfKey(book, key),
        hold: known(hold),
        to: textOf(object, { field: 'to' }, ACCOUNT),
        ...(object.amount === undefined ? {} : { amount: amountOf(object.amount, '/amount') }),
      };
    });
    return answer(unwrap(await this.endHold.commit(book.id, principal.userId, command)), reply);
  }

  /** Gives the whole back. */
  @Post(':hold/release')
  @HttpCode(201)
  async release(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('hold') hold: string,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const command = readBody(() => ({ id: idOfKey(book, key), hold: known(hold) }));
    return answer(unwrap(await this.endHold.release(book.id, principal.userId, command)), reply);
  }

  @Get(':hold')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('hold') hold: string,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const view = await this.holds.byId(book.id, known(hold));
    return view
      ? { ...view, expiresAt: view.expiresAt.toISOString() }
      : unwrap(refuse({ code: 'HOLD_UNKNOWN', hold }));
  }
}

function answer(entry: PostedEntry, reply: FastifyReply): object {
  if (entry.replayed) reply.status(200).header('Idempotency-Replayed', 'true');
  return presentPosted(entry);
}

/** An id that is no uuid names no hold. */
const known = (hold: string): string =>
  isUuid(hold) ? hold : unwrap(refuse({ code: 'HOLD_UNKNOWN', hold: hold.slice(0, 64) }));

function holdOf(id: string, value: unknown): PlaceHoldCommand {
  const body = objectOf(value, '', ['from', 'asset', 'amount', 'expiresAt', 'reference', 'memo']);
  if (body.amount === undefined) throw bodyError('FIELD_MISSING', '/amount', 'the amount to set aside');
  const expiresAt = textOf(
    body,
    { field: 'expiresAt' },
    { fits: isInstant, code: 'INSTANT_MALFORMED', expected: AN_INSTANT },
  );
  return {
    id,
    from: textOf(body, { field: 'from' }, ACCOUNT),
    asset: textOf(body, { field: 'asset' }, ASSET),
    amount: amountOf(body.amount, '/amount'),
    expiresAt: new Date(expiresAt),
    ...saidAbout(body),
  };
}
