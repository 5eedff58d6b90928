import { Controller, Get, Query } from '@nestjs/common';

import { IncomeCertificates, Liens, type FundsRefusal, type IncomeCertificate, type Lien } from '@app/funds';
import { Policies, type Principal } from '@app/identity';
import { dayOf } from '@app/kernel';
import { Books, type Book } from '@app/platform';
import { covers } from '@app/regions';
import { Registry } from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, RefusalException, unwrap } from '../http';
import { phoneIndexOf } from '../registry/person';
import { CertificateQuery } from './lien.requests';

type OwnLien = Omit<
  Lien,
  'proposedBy' | 'proposedAt' | 'decidedBy' | 'decidedAt' | 'rejection' | 'releasedBy'
>;

const unknown = (party: string): FundsRefusal => ({ code: 'PARTY_UNKNOWN', party });
const ISSUERS = ['forestry-handler', 'forestry-reviewer', 'auditor'];

/** What a 《公益林补偿收益权证明》 states, for who issues it; and a household's own pledges. */
@Controller('books/:book')
export class IncomeCertificatesController {
  constructor(
    private readonly books: Books,
    private readonly registry: Registry,
    private readonly certificates: IncomeCertificates,
    private readonly liens: Liens,
  ) {}

  @Get('income-certificates')
  async state(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { partyId, programme }: CertificateQuery,
  ): Promise<IncomeCertificate> {
    requirePost(principal, book, ISSUERS);
    const party = await this.registry.party(book.id, partyId);
    const own = Policies.regionsOf(principal, book.id, ISSUERS);
    if (!party || !own.some((region) => covers(region, party.region))) {
      throw new RefusalException(unknown(partyId));
    }
    const day = dayOf(await this.books.now(book.id));
    return unwrap(await this.certificates.of(book.id, partyId, { programme, day }));
  }

  /** Every pledge of the parties whose phone this is, ended ones too. */
  @Get('my/liens')
  async mine(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: OwnLien[] }> {
    const own = await this.registry.partiesByPhone(book.id, phoneIndexOf(principal));
    const liens =
      own.length === 0 ? [] : await this.liens.list(book.id, { parties: own.map(({ id }) => id) });
    return { items: liens.map(ownLien) };
  }
}

/** Without who in the bureau did what. */
const ownLien = (lien: Lien): OwnLien => ({
  ...{ id: lien.id, party: lien.party, programme: lien.programme, certificateNo: lien.certificateNo },
  ...{ lender: lien.lender, amountFen: lien.amountFen, from: lien.from, to: lien.to },
  ...{ registrationNo: lien.registrationNo, documentNo: lien.documentNo, account: lien.account },
  ...{ state: lien.state, releaseDocumentNo: lien.releaseDocumentNo, releasedOn: lien.releasedOn },
});
