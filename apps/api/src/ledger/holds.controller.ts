import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '@app/identity';
import { isUuid, refuse } from '@app/kernel';
import { EndHold, HoldStore, PlaceHold, type HoldState, type PostedEntry } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { commitOf, holdOf, releaseOf } from './hold-body';
import { idOfKey } from './idempotency-key';
import { POSTERS, READERS } from './posts';
import { presentHold, presentPosted } from './presenters';
import { asItIs, cursorLike, given, LIMIT, oneOf, queryOf, type Query as Asked } from './query-reader';
import { readBody } from './read-body';

const STATE = oneOf('held', 'committed', 'released', 'expired');
const CURSOR = cursorLike(/^[1-9]\d{0,17}$/);

/** Amounts of open accounts set aside until they are committed, released or their time runs out. */
@Controller('books/:book/holds')
export class HoldsController {
  constructor(
    private readonly placeHold: PlaceHold,
    private readonly endHold: EndHold,
    private readonly holds: HoldStore,
  ) {}

  /** The hold's id is its entry's. */
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

  /** As often as wanted, up to what is left. */
  @Post(':hold/commits')
  async commit(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('hold') hold: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const command = readBody(() => commitOf(idOfKey(book, key), known(hold), body));
    return answer(unwrap(await this.endHold.commit(book.id, principal.userId, command)), reply);
  }

  /** Gives back to where it came from. */
  @Post(':hold/releases')
  async release(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('hold') hold: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const command = readBody(() => releaseOf(idOfKey(book, key), known(hold), body));
    return answer(unwrap(await this.endHold.release(book.id, principal.userId, command)), reply);
  }

  /** Oldest first. Holds of other parts of the product are theirs to show. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: Asked,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const said = readBody(() => queryOf(query, { state: STATE, limit: LIMIT, cursor: CURSOR }));
    const { items, next } = await this.holds.page(book.id, {
      ...given('state', said.state, (text) => text as HoldState),
      ...given('limit', said.limit, Number),
      ...given('cursor', said.cursor, asItIs),
    });
    return { items: items.map(presentHold), next };
  }

  @Get(':hold')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('hold') hold: string,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const view = await this.holds.byId(book.id, known(hold));
    return view ? presentHold(view) : unwrap(refuse({ code: 'HOLD_UNKNOWN', hold }));
  }
}

function answer(entry: PostedEntry, reply: FastifyReply): object {
  if (entry.replayed) reply.status(200).header('Idempotency-Replayed', 'true');
  return presentPosted(entry);
}

/** An id that is no uuid names no hold. */
const known = (hold: string): string =>
  isUuid(hold) ? hold : unwrap(refuse({ code: 'HOLD_UNKNOWN', hold: hold.slice(0, 64) }));
