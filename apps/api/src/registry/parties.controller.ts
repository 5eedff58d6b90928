import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';

import { dayOf, isUuid, type Day } from '@app/kernel';
import { Policies, type Principal } from '@app/identity';
import { Books, UnitOfWork, type Book } from '@app/platform';
import { covers } from '@app/regions';
import {
  CorrectBankAccount,
  Land,
  PartyFile,
  PartyOrders,
  Registry,
  type AccountRecord,
  type AccountSummary,
  type HeldLand,
  type ListedParty,
  type Party,
  type PartyOnDay,
  type PartyOrderView,
  type PartyVersion,
  type Payee,
  type RegistryRefusal,
} from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, pageOf, RefusalException, unwrap } from '../http';
import { BankAccountRequest, PartiesQuery, PartyDayQuery } from './registry.requests';

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
const EVENTS_SHOWN = 100;

interface PartyPage {
  /** The day it is shown as of. */
  readonly day: Day;
  readonly externalNo: string;
  /** Null before it was there. */
  readonly party: PartyOnDay | null;
  readonly rights: readonly HeldLand[];
  /** Where its money goes today. */
  readonly account: AccountSummary | null;
  /** Who is or was paid in its place, and in whose place it is or was paid. */
  readonly payees: readonly Payee[];
  readonly versions: readonly PartyVersion[];
  /** Orders about it, whatever became of them. */
  readonly events: readonly PartyOrderView[];
}

/** Parties and their accounts, for staff, each within their regions. */
@Controller('books/:book/parties')
export class PartiesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: Registry,
    private readonly correctBankAccount: CorrectBankAccount,
    private readonly books: Books,
    private readonly land: Land,
    private readonly partyFile: PartyFile,
    private readonly orders: PartyOrders,
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
    const found = await this.registry.list(book.id, {
      scope,
      region: query.region,
      q: query.q,
      after: query.cursor,
      count: count + 1,
    });
    return pageOf(found, count, ({ externalNo }) => externalNo);
  }

  /** The party as it was on a day, today unless another is asked for: its rights then, its accounts, what happened. */
  @Get(':id')
  async file(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: PartyDayQuery,
  ): Promise<PartyPage> {
    const { externalNo } = await this.find(book, principal, id);
    const day = query.day ?? dayOf(await this.books.now(book.id));
    const party = (await this.partyFile.on(book.id, id, day)) ?? null;
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const [rights, accounts, payees, versions, events] = [
      await this.land.of(book.id, [id], day),
      await this.registry.accountsOf(book.id, [id]),
      await this.partyFile.payees(book.id, id),
      await this.partyFile.versions(book.id, id),
      await this.orders.list(book.id, { scope, party: id, count: EVENTS_SHOWN }),
    ];
    return { day, externalNo, party, rights, account: accounts.get(id) ?? null, payees, versions, events };
  }

  /** Every account the party had, newest first, by its last four digits. */
  @Get(':id/bank-accounts')
  async accounts(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<{ items: AccountRecord[] }> {
    const party = await this.find(book, principal, id);
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

  private async find(book: Book, principal: Principal, id: string): Promise<Party> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const party = isUuid(id) ? await this.registry.party(book.id, id) : undefined;
    // One answer for what is not there and what is not theirs.
    if (!party || !scope.some((region) => covers(region, party.region))) {
      throw partyUnknown(id);
    }
    return party;
  }
}

function partyUnknown(id: string): RefusalException {
  const reason: RegistryRefusal = { code: 'PARTY_UNKNOWN', party: id.slice(0, 64) };
  return new RefusalException(reason);
}
