import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { ConsentStore } from './consent.store';
import { PartyStore } from './party.store';
import type { RegistryRefusal } from './registry.refusals';

type Refusals = Extract<RegistryRefusal, { code: 'CONSENT_UNKNOWN' | 'CONSENT_REVOKED_BEFORE' }>;

/**
 * Ends the sale of what is not sold yet (rules.md 11). What an order already holds or a buyer already has stays
 * as it is; measuring and compensation never depended on it.
 */
@Injectable()
export class RevokeConsent {
  constructor(
    private readonly parties: PartyStore,
    private readonly consents: ConsentStore,
  ) {}

  /** Refuses CONSENT_UNKNOWN for consents of other phones' parties, too. */
  async execute(
    tx: Tx,
    command: { consent: string; phoneIndex: Buffer },
  ): Promise<Result<{ id: string; revokedAt: Date }, Refusals>> {
    const own = await this.parties.byPhone(tx, tx.book, command.phoneIndex);
    const consent = await this.consents.find(
      tx,
      command.consent,
      own.map(({ id }) => id),
    );
    if (!consent) return refuse({ code: 'CONSENT_UNKNOWN', consent: command.consent });
    if (!(await this.consents.revoke(tx, consent.id))) {
      const { revokedAt } = consent;
      return refuse({ code: 'CONSENT_REVOKED_BEFORE', consent: consent.id, revokedAt });
    }
    tx.audit({ consent: consent.id, party: consent.party });
    return ok({ id: consent.id, revokedAt: tx.now });
  }
}
