import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '@app/identity';
import { refuse } from '@app/kernel';
import { CloseAccount, Ledger, OpenAccount, type OpenAccountCommand } from '@app/ledger';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { bodyError, objectOf, textOf } from './body-reader';
import { ACCOUNT, ASSET } from './fields';
import { pageOf } from './page-query';
import { POSTERS, READERS } from './posts';
import { presentAccount } from './presenters';
import { readBody } from './read-body';

const FLOOR = /^(?:0|-[1-9]\d{0,15})$/;

@Controller('books/:book')
export class AccountsController {
  constructor(
    private readonly ledger: Ledger,
    private readonly openAccount: OpenAccount,
    private readonly closeAccount: CloseAccount,
  ) {}

  /** 201 with the account; 200 when it was there in the same terms. */
  @Post('accounts')
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
    if (!opened) reply.status(200);
    return presentAccount(account);
  }

  /** Closes an empty open account for good. */
  @Post('account-closings')
  @HttpCode(200)
  async close(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<object> {
    requirePost(principal, book, POSTERS);
    const named = readBody(() => {
      const object = objectOf(body, '', ['path', 'asset']);
      return {
        path: textOf(object, { field: 'path' }, ACCOUNT),
        asset: textOf(object, { field: 'asset' }, ASSET),
      };
    });
    const context = contextOf(principal, book, 'ledger.close-account', `account/${named.path}`);
    unwrap(await this.closeAccount.execute(context, named));
    return { ...named, closed: true };
  }

  @Get('accounts')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const page = readBody(() => pageOf(query, ['prefix'], /^[a-z0-9/-]{1,200} [A-Za-z0-9/.-]{2,81}$/));
    const { items, next } = await this.ledger.accounts(book.id, page);
    return { items: items.map(presentAccount), next };
  }

  /** The account of each asset at this path. */
  @Get('accounts/*')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('*') path: string,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const items = ACCOUNT.fits(path) ? await this.ledger.accountsOf(book.id, path) : [];
    if (items.length === 0) unwrap(refuse({ code: 'ACCOUNT_UNKNOWN', account: path.slice(0, 200) }));
    return { path, items: items.map(presentAccount) };
  }
}

/** `{path, asset, side: "debit" | "credit", floor}`; the floor is null or a string of digits, zero or below. */
function openingOf(value: unknown): OpenAccountCommand {
  const body = objectOf(value, '', ['path', 'asset', 'side', 'floor']);
  const path = textOf(body, { field: 'path' }, ACCOUNT);
  const asset = textOf(body, { field: 'asset' }, ASSET);
  const side = textOf(
    body,
    { field: 'side' },
    {
      fits: (text) => text === 'debit' || text === 'credit',
      code: 'SIDE_UNKNOWN',
      expected: 'debit or credit',
    },
  );
  return { path, asset, side: side === 'debit' ? 1 : -1, floor: floorOf(body.floor) };
}

function floorOf(value: unknown): bigint | null {
  const expected = 'null for none, or the least balance as a string of digits, zero or below';
  if (value === undefined) throw bodyError('FIELD_MISSING', '/floor', expected);
  if (value === null) return null;
  if (typeof value !== 'string' || !FLOOR.test(value)) throw bodyError('FLOOR_MALFORMED', '/floor', expected);
  return BigInt(value);
}
