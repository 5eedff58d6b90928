import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';

import { isUuid } from '@app/kernel';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { GiveConsent, Registry, RevokeConsent, type Consent } from '@app/registry';
import { CurrentPrincipal } from '../auth';
import { BookParam, contextOf, unwrap } from '../http';
import { phoneIndexOf } from './person';
import { ConsentRequest } from './registry.requests';

/** No real consent has it: an id that is no uuid is answered like one that is not theirs. */
const NO_CONSENT = '00000000-0000-0000-0000-000000000000';

/** A household's consents to sell its sink (碳汇委托授权). */
@Controller('books/:book/my/consents')
export class MyConsentsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: Registry,
    private readonly giveConsent: GiveConsent,
    private readonly revokeConsent: RevokeConsent,
  ) {}

  /** Newest first, revoked ones too. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: Consent[] }> {
    const own = await this.registry.partiesByPhone(book.id, phoneIndexOf(principal));
    return {
      items: await this.registry.consentsOf(
        book.id,
        own.map(({ id }) => id),
      ),
    };
  }

  @Post()
  @HttpCode(201)
  async give(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { partyId, sharePercent, until }: ConsentRequest,
  ): Promise<{ id: string }> {
    const phoneIndex = phoneIndexOf(principal);
    const context = contextOf(principal, book, 'registry.give-consent', `party/${partyId}`);
    const command = { party: partyId, sharePercent, until, phoneIndex };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.giveConsent.execute(tx, command)));
  }

  /** Ends future sale. What is sold or on hold for an order stays. */
  @Post(':id/revocation')
  @HttpCode(201)
  async revoke(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<{ id: string; revokedAt: Date }> {
    const command = { consent: isUuid(id) ? id : NO_CONSENT, phoneIndex: phoneIndexOf(principal) };
    const context = contextOf(principal, book, 'registry.revoke-consent', `consent/${command.consent}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.revokeConsent.execute(tx, command)));
  }
}
