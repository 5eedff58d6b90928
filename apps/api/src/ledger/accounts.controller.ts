import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '@app/identity';
import { refuse } from '@app/kernel';
import { ChangeFloor, CloseAccount, Ledger, OpenAccount } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { closingOf, floorChangeOf, openingOf } from './account-body';
import { AccountPath } from './account-param';
import { POSTERS, READERS } from './posts';
import { presentAccount } from './presenters';
import { asItIs, cursorLike, given, LIMIT, PREFIX, queryOf, type Query as Asked } from './query-reader';
import { readBody } from './read-body';

const CURSOR = cursorLike(/^[a-z0-9/-]{1,200} [A-Za-z0-9/.-]{2,81}$/);

/** Accounts for open kinds: opened, changed and closed by hand. To ask for the same again is answered the same. */
@Controller('books/:book/accounts')
export class AccountsController {
  constructor(
    private readonly ledger: Ledger,
    private readonly openAccount: OpenAccount,
    private readonly closeAccount: CloseAccount,
    private readonly changeFloor: ChangeFloor,
  ) {}

  /** 201 with the account; 200 and `Idempotency-Replayed: true` when it was there in the same terms. */
  @Post()
  async open(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const command = readBody(() => openingOf(body));
    const context = contextOf(principal, book, 'ledger.open-account', `account/${command.path}`);
    const { account, opened } = unwrap(await this.openAccount.execute(context, command));
    if (!opened) reply.status(200).header('Idempotency-Replayed', 'true');
    return presentAccount(account);
  }

  /** Closes an empty open account for good. */
  @Post(':path/closings')
  @HttpCode(200)
  async close(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @AccountPath() path: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const asset = readBody(() => closingOf(body));
    const context = contextOf(principal, book, 'ledger.close-account', `account/${path}`);
    const { closed } = unwrap(await this.closeAccount.execute(context, { path, asset }));
    if (!closed) reply.header('Idempotency-Replayed', 'true');
    return this.accountOf(book, path, asset);
  }

  /** From now on; not above what the balance is. */
  @Post(':path/floors')
  @HttpCode(200)
  async setFloor(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @AccountPath() path: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const change = readBody(() => floorChangeOf(body));
    const context = contextOf(principal, book, 'ledger.change-floor', `account/${path}`);
    const { account, changed } = unwrap(await this.changeFloor.execute(context, { path, ...change }));
    if (!changed) reply.header('Idempotency-Replayed', 'true');
    return presentAccount(account);
  }

  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: Asked,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const said = readBody(() => queryOf(query, { prefix: PREFIX, limit: LIMIT, cursor: CURSOR }));
    const { items, next } = await this.ledger.accounts(book.id, {
      ...given('prefix', said.prefix, asItIs),
      ...given('limit', said.limit, Number),
      ...given('cursor', said.cursor, asItIs),
    });
    return { items: items.map(presentAccount), next };
  }

  /** The account of each asset at this path, as it is now. */
  @Get(':path')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @AccountPath() path: string,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const items = await this.ledger.accountsOf(book.id, path);
    if (items.length === 0) unwrap(refuse({ code: 'ACCOUNT_UNKNOWN', account: path }));
    return { path, items: items.map(presentAccount) };
  }

  private async accountOf(book: Book, path: string, asset: string): Promise<object> {
    const account = (await this.ledger.accountsOf(book.id, path)).find((one) => one.asset === asset);
    return account
      ? presentAccount(account)
      : unwrap(refuse({ code: 'ACCOUNT_UNKNOWN', account: path, asset }));
  }
}
