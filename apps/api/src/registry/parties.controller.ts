import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';

import { isUuid } from '@app/kernel';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { covers } from '@app/regions';
import {
  CorrectBankAccount,
  Registry,
  type AccountRecord,
  type ListedParty,
  type RegistryRefusal,
} from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, RefusalException, unwrap } from '../http';
import { BankAccountRequest, PartiesQuery } from './registry.requests';

const READERS = [
  'village-clerk',
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  'finance-review',
  'payout-centre',
  'credit-registrar',
  'auditor',
];
const CORRECTORS = ['town-finance'];
const PAGE = 50;

/** Parties and their accounts, for staff, each within their regions. */
@Controller('books/:book/parties')
export class PartiesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: Registry,
    private readonly correctBankAccount: CorrectBankAccount,
  ) {}

  /** By external number. A region outside the caller's own has nothing to show and is refused. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: PartiesQuery,
  ): Promise<{ items: ListedParty[]; next: string | null }> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const { region } = query;
    const meetsScope =
      region === undefined || scope.some((own) => covers(own, region) || covers(region, own));
    if (!meetsScope) requirePost(principal, book, READERS, region);
    const count = query.limit ?? PAGE;
    // One more than the page tells whether there is a next one.
    const found = await this.registry.list(book.id, {
      scope,
      region: query.region,
      q: query.q,
      after: query.cursor,
      count: count + 1,
    });
    const items = found.slice(0, count);
    return { items, next: found.length > count ? (items.at(-1)?.externalNo ?? null) : null };
  }

  /** Every account the party had, newest first, by its last four digits. */
  @Get(':id/bank-accounts')
  async accounts(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<{ items: AccountRecord[] }> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const party = isUuid(id) ? await this.registry.party(book.id, id) : undefined;
    // One answer for what is not there and what is not theirs.
    if (!party || !scope.some((region) => covers(region, party.region))) {
      throw partyUnknown(id);
    }
    return { items: await this.registry.accountHistory(book.id, party.id) };
  }

  /** Gives the party another account from today; the earlier one stays as history. */
  @Put(':id/bank-account')
  async correct(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: BankAccountRequest,
  ): Promise<{ account: string }> {
    requirePost(principal, book, CORRECTORS);
    if (!isUuid(id)) throw partyUnknown(id);
    const context = contextOf(principal, book, 'registry.correct-bank-account', `party/${id}`);
    const regions = Policies.regionsOf(principal, book.id, CORRECTORS);
    return unwrap(
      await this.unitOfWork.run(context, (tx) =>
        this.correctBankAccount.execute(tx, { ...body, party: id, regions }),
      ),
    );
  }
}

function partyUnknown(id: string): RefusalException {
  const reason: RegistryRefusal = { code: 'PARTY_UNKNOWN', party: id.slice(0, 64) };
  return new RefusalException(reason);
}
