import { Injectable } from '@nestjs/common';

import { parseSerials, SerialOrigins, type OriginRun, type SerialRange } from '@app/credits';
import { dayOf, ok, present, refuse, type Result } from '@app/kernel';
import { Books, Database, UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import { Regions } from '@app/regions';
import type { CertificateRefusal } from '../cards.refusals';
import { CardStore } from '../orders/card.store';
import { RetirementStore, type Retirement } from '../rides/retirement.store';
import { newCertificateNumber } from './certificate-number.rules';
import { certificateHash, CertificateStore, type Certificate } from './certificate.store';
import { joinRuns, writeRun } from './serial-runs.rules';
import { statementOf, type CarbonFacts } from './statement.rules';

type Refusals = Extract<CertificateRefusal, { code: 'CARD_UNKNOWN' | 'NOTHING_TO_CERTIFY' }>;

const COUNTY_DIGITS = 6;
/** Grades whose additionality somebody has shown (rules.md 12): that of each gram when it was retired. */
const ADDITIONAL = new Set(['G2', 'G3']);

/** Certifies what a card has retired since its last certificate. */
@Injectable()
export class IssueCertificate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly books: Books,
    private readonly cards: CardStore,
    private readonly retirements: RetirementStore,
    private readonly origins: SerialOrigins,
    private readonly certificates: CertificateStore,
    private readonly regions: Regions,
  ) {}

  /**
   * Only for the card's buyer: a card of anybody else is CARD_UNKNOWN. What was retired is for good, so the facts
   * are read first and the unit of work only writes. NOTHING_TO_CERTIFY also when another certificate was first.
   */
  async execute(
    context: WorkContext,
    cardId: string,
    buyerUser: string,
  ): Promise<Result<Certificate, Refusals>> {
    const card = await this.cards.find(this.database, context.book, cardId);
    if (card?.buyerUser !== buyerUser) return refuse({ code: 'CARD_UNKNOWN', card: cardId });
    const retirements = await this.retirements.uncertified(this.database, context.book, cardId);
    if (retirements.length === 0) return refuse({ code: 'NOTHING_TO_CERTIFY', card: cardId });
    const certificate = await this.build(context.book, cardId, retirements);
    const ids = retirements.map(({ id }) => id);
    return this.unitOfWork.run(context, (tx) => this.record(tx, certificate, ids));
  }

  private async record(
    tx: Tx,
    certificate: Certificate,
    retirements: readonly string[],
  ): Promise<Result<Certificate, Refusals>> {
    const { cardId, grams, number, hash } = certificate;
    await this.cards.lock(tx, cardId);
    await this.certificates.insert(tx, certificate);
    const marked = await this.retirements.certify(tx, cardId, retirements, number);
    if (marked !== retirements.length) return refuse({ code: 'NOTHING_TO_CERTIFY', card: cardId });
    await this.cards.addCertified(tx, cardId, grams);
    tx.audit({ card: cardId, grams: grams.toString(), hash });
    return ok(certificate);
  }

  private async build(
    book: number,
    cardId: string,
    retirements: readonly Retirement[],
  ): Promise<Certificate> {
    const runs = joinRuns(retirements.flatMap(({ serials }) => serials.map(readRun)));
    const origins = await this.origins.of(book, runs);
    const serials = runs.map(writeRun);
    const facts: CarbonFacts = {
      ...(await this.placesOf(origins)),
      ...measuredBy(origins),
      grams: retirements.reduce((sum, { grams }) => sum + grams, 0n),
      serials,
      retiredFrom: dayOf(present(retirements[0], 'there is a retirement').at),
      retiredTo: dayOf(present(retirements.at(-1), 'there is a retirement').at),
      rehearsal: await this.books.isRehearsal(book),
    };
    const draft = {
      number: newCertificateNumber(),
      cardId,
      grams: facts.grams,
      serials,
      issuedAt: await this.books.now(book),
      statement: statementOf(facts),
    };
    return { ...draft, hash: certificateHash({ book, ...draft }) };
  }

  private async placesOf(origins: readonly OriginRun[]): Promise<Pick<CarbonFacts, 'county' | 'villages'>> {
    const counties = [...new Set(origins.map(({ village }) => village.slice(0, COUNTY_DIGITS)))].sort();
    const known = await this.regions.byCodes(counties);
    const villages = origins.map(
      ({ village, villageName, issuance }) =>
        (issuance.townshipName ?? issuance.township) + (villageName ?? village),
    );
    return {
      county: counties.map((code) => known.get(code)?.name ?? code).join('、'),
      villages: [...new Set(villages)],
    };
  }
}

const readRun = (text: string): SerialRange =>
  present(parseSerials(text), 'a retirement keeps serials as they are written');

/** Each method and set by which the grams were measured, with its part of them where there are several. */
function methodsOf(origins: readonly OriginRun[]): string[] {
  const grams = new Map<string, bigint>();
  for (const run of origins) {
    const set = run.issuance.sets.find(({ coefficientSet }) => coefficientSet === run.coefficientSet);
    const method = `${set?.method ?? run.issuance.method}，${run.coefficientSet}`;
    grams.set(method, (grams.get(method) ?? 0n) + run.grams);
  }
  const methods = [...grams].sort(([a, of], [b, ofB]) => (of === ofB ? (a < b ? -1 : 1) : of > ofB ? -1 : 1));
  return methods.map(([method, part]) => (methods.length === 1 ? method : `${method}（${part}克）`));
}

function measuredBy(
  origins: readonly OriginRun[],
): Pick<
  CarbonFacts,
  | 'years'
  | 'grades'
  | 'methods'
  | 'verifications'
  | 'illustrative'
  | 'subsidised'
  | 'additional'
  | 'bufferGrams'
> {
  const issuances = [...new Map(origins.map(({ issuance }) => [issuance.code, issuance])).values()];
  return {
    years: [...new Set(issuances.map(({ year }) => String(year)))].sort(),
    grades: [...new Set(origins.map(({ grade }) => grade))].sort(),
    methods: methodsOf(origins),
    verifications: [...new Set(issuances.map(({ verification }) => verification))],
    illustrative: issuances.some(({ note }) => note !== null),
    subsidised: origins.some(({ subsidised }) => subsidised),
    additional: origins.every(({ grade }) => ADDITIONAL.has(grade)),
    bufferGrams: issuances.reduce((sum, { bufferGrams }) => sum + bufferGrams, 0n),
  };
}
