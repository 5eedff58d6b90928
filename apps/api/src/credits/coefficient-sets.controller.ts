import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import {
  CoefficientSets,
  DecideCoefficients,
  ProposeCoefficients,
  type DecideRefusal,
  type ListedSet,
  type Proposed,
  type WholeSet,
} from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import {
  BookParam,
  contextOf,
  DecisionRequest,
  DryRunQuery,
  isDryRun,
  RefusalException,
  unwrap,
} from '../http';
import { CoefficientSetRequest } from './credits.requests';

const PROPOSERS = ['credit-registrar', 'forestry-handler'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...PROPOSERS, ...DECIDERS, 'auditor'];

type PublicSet = Pick<
  ListedSet,
  'version' | 'method' | 'methodKind' | 'source' | 'illustrative' | 'validFrom' | 'bufferPpm'
>;

/** What a mu of forest takes up in a year: proposed by one, decided by another, to be read by everybody. */
@Controller()
export class CoefficientSetsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sets: CoefficientSets,
    private readonly proposeCoefficients: ProposeCoefficients,
    private readonly decideCoefficients: DecideCoefficients,
  ) {}

  /** Those that count or counted, without who decided. */
  @Public()
  @Get('public/books/:book/coefficient-sets')
  async publicList(@BookParam() book: Book): Promise<{ items: PublicSet[] }> {
    const sets = await this.sets.list(book.id);
    return { items: sets.filter(({ state }) => state === 'approved').map(publicOf) };
  }

  @Public()
  @Get('public/books/:book/coefficient-sets/:version')
  async publicOne(
    @BookParam() book: Book,
    @Param('version') version: string,
  ): Promise<PublicSet & Omit<WholeSet, keyof ListedSet>> {
    const set = await this.sets.one(book.id, version);
    if (set?.state !== 'approved') throw unknown(version);
    const { coefficients, species, growth } = set;
    return { ...publicOf(set), coefficients, ...(species && growth ? { species, growth } : {}) };
  }

  /** All, with what waits for its decision. */
  @Get('books/:book/coefficient-sets')
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: ListedSet[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.sets.list(book.id) };
  }

  @Get('books/:book/coefficient-sets/:version')
  async one(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('version') version: string,
  ): Promise<WholeSet> {
    requirePost(principal, book, READERS);
    const set = await this.sets.one(book.id, version);
    if (!set) throw unknown(version);
    return set;
  }

  /** Answers what the set would make of the book's parcels in a year. */
  @Post('books/:book/coefficient-sets')
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { bufferPpm, ...set }: CoefficientSetRequest,
  ): Promise<Proposed> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.propose-coefficients', `coefficients/${set.version}`);
    const proposal = { ...set, bufferPpm: BigInt(bufferPpm), dryRun: isDryRun(query, reply) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.proposeCoefficients.execute(tx, proposal)));
  }

  @Post('books/:book/coefficient-sets/:version/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('version') version: string,
    @Body() { rejection }: DecisionRequest,
  ): Promise<{ version: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    const decision = { version: version.slice(0, 40), ...(rejection === undefined ? {} : { rejection }) };
    const context = contextOf(
      principal,
      book,
      'credits.decide-coefficients',
      `coefficients/${decision.version}`,
    );
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideCoefficients.execute(tx, decision)));
  }
}

const publicOf = ({
  version,
  method,
  methodKind,
  source,
  illustrative,
  validFrom,
  bufferPpm,
}: ListedSet): PublicSet => ({
  ...{ version, method, methodKind, source, illustrative, validFrom, bufferPpm },
});

function unknown(version: string): RefusalException {
  const reason: DecideRefusal = { code: 'COEFFICIENTS_UNKNOWN', version: version.slice(0, 40) };
  return new RefusalException(reason);
}
