import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Principal } from '@app/identity';
import { refuse, type Refused } from '@app/kernel';
import { BalanceReader, Ledger } from '@app/ledger';
import { Books, type Book } from '@app/platform';
import { CurrentPrincipal, principalOf, requirePost } from '../auth';
import { BookParam, unwrap } from '../http';
import { wireJson } from '../http/wire-json';
import { AccountPath, accountPathOf } from './account-param';
import { balanceAsked, statementAsked, turnoverAsked } from './account-query';
import { READERS } from './posts';
import { presentBalance, presentLine } from './presenters';
import type { Query as Asked } from './query-reader';
import { readBody } from './read-body';

/**
 * One account at any moment: as it counted then, as it was known then. The two hot routes take the request as it is,
 * since every parameter that Nest prepares costs a microsecond or two.
 */
@Controller('books/:book/accounts/:path')
export class AccountReadsController {
  constructor(
    private readonly books: Books,
    private readonly ledger: Ledger,
    private readonly balances: BalanceReader,
  ) {}

  /** Of one asset, or a list of all. */
  @Get('balance')
  async balance(@Req() request: Request, @Res() reply: FastifyReply): Promise<void> {
    const { book, path } = await this.readerOf(request);
    const asked = readBody(() => balanceAsked(path, request.query));
    const { asset, effectiveAt, recordedAt } = asked;
    const isNow = effectiveAt === undefined && recordedAt === undefined;
    const found = isNow
      ? await this.balances.current(book.id, path, asset)
      : await this.ledger.balanceAt(book.id, asked);
    const [first] = found;
    if (!first) return unwrap(unknown(path, asset));
    const { side, balance, version } = first;
    send(
      reply,
      asset === undefined
        ? wireJson({ account: path, items: found.map(presentBalance) })
        : `{"account":"${path}","asset":"${asset}","side":"${side === 1 ? 'debit' : 'credit'}","balance":"${balance}","version":"${version}"}`,
    );
  }

  /** Its postings in the order they were recorded or in the order they count. */
  @Get('statement')
  async statement(@Req() request: Request, @Res() reply: FastifyReply): Promise<void> {
    const { book, path } = await this.readerOf(request);
    const asked = readBody(() => statementAsked(path, request.query));
    if (asked.plain) {
      const { asset } = asked.plain;
      const page = await this.ledger.statementText(book.id, asked.plain);
      if (!page) return unwrap(unknown(path, asset));
      // The lines are JSON already; the rest is words without anything to escape.
      const next = page.next === null ? 'null' : `"${page.next}"`;
      send(reply, `{"account":"${path}","asset":"${asset}","items":${page.items},"next":${next}}`);
      return;
    }
    const { asset } = asked.at;
    const statement = await this.ledger.statementAt(book.id, asked.at);
    if (!statement) return unwrap(unknown(path, asset));
    const { items, ...rest } = statement;
    send(reply, wireJson({ account: path, asset, ...rest, items: items.map(presentLine) }));
  }

  /** What was debited and credited on the account and all under it. */
  @Get('turnover')
  async turnover(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @AccountPath() path: string,
    @Query() query: Asked,
  ): Promise<object> {
    requirePost(principal, book, READERS);
    const asked = readBody(() => turnoverAsked(path, query));
    return { prefix: path, items: await this.ledger.turnoverAt(book.id, asked) };
  }

  private async readerOf(request: Request): Promise<{ readonly book: Book; readonly path: string }> {
    const book = unwrap(await this.books.byCode(request.params.book));
    requirePost(principalOf(request), book, READERS);
    return { book, path: accountPathOf(request.params.path) };
  }
}

type Request = FastifyRequest<{
  readonly Params: { readonly book: string; readonly path: string };
  readonly Querystring: Asked;
}>;

const send = (reply: FastifyReply, text: string): void => {
  void reply.type('application/json; charset=utf-8').send(text);
};

const unknown = (
  account: string,
  asset: string | undefined,
): Refused<{ code: 'ACCOUNT_UNKNOWN'; account: string; asset?: string }> =>
  refuse({ code: 'ACCOUNT_UNKNOWN', account, ...(asset === undefined ? {} : { asset }) });
