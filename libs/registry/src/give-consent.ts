import { Injectable } from '@nestjs/common';

import { addDays, dayOf, isDay, newId, ok, parseUnits, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { ConsentStore } from './consent.store';
import { PartyStore } from './party.store';
import type { RegistryRefusal } from './registry.refusals';
import { isNatural } from './registry.words';
import { WHOLE_PPM } from './shares.rules';

export interface ConsentCommand {
  readonly party: string;
  /** As a person writes it: "50" or "33.3333", above 0 up to 100. */
  readonly sharePercent: string;
  /** The last day of the term. */
  readonly until: Day;
  /** Blind index of the phone the person signed in with. */
  readonly phoneIndex: Buffer;
}

type Refusals = Extract<
  RegistryRefusal,
  {
    code:
      | 'PARTY_UNKNOWN'
      | 'CONSENT_SHARE_WRONG'
      | 'CONSENT_TERM_WRONG'
      | 'CONSENT_IN_FORCE'
      | 'CONSENT_NEEDS_RESOLUTION';
  }
>;

/** Forest grows slowly, promises should not outlive their makers: ten years at a time. */
const TERM_DAYS_MAX = 3_653;

/** A household agrees on its phone to have a share of its sink sold (碳汇委托授权), from today until a day. */
@Injectable()
export class GiveConsent {
  constructor(
    private readonly parties: PartyStore,
    private readonly consents: ConsentStore,
  ) {}

  /** Refuses PARTY_UNKNOWN for parties of other phones and for those that are closed, too. */
  async execute(tx: Tx, command: ConsentCommand): Promise<Result<{ id: string }, Refusals>> {
    const own = await this.parties.byPhone(tx, tx.book, command.phoneIndex);
    const party = own.find(({ id }) => id === command.party);
    if (!party || party.closedOn !== null) return refuse({ code: 'PARTY_UNKNOWN', party: command.party });
    if (!isNatural(party.kind)) {
      return refuse({ code: 'CONSENT_NEEDS_RESOLUTION', party: party.id, kind: party.kind });
    }
    const share = parseUnits({ name: '%', scale: 4 }, command.sharePercent);
    if (!share.ok || share.value === 0n || share.value > WHOLE_PPM) {
      const expected = 'percent above 0 up to 100 with at most four decimals';
      return refuse({
        code: 'CONSENT_SHARE_WRONG',
        sharePercent: command.sharePercent.slice(0, 32),
        expected,
      });
    }
    const today = dayOf(tx.now);
    const latest = addDays(today, TERM_DAYS_MAX);
    const { until } = command;
    if (!isDay(until) || until < today || until > latest) {
      return refuse({ code: 'CONSENT_TERM_WRONG', until: until.slice(0, 32), earliest: today, latest });
    }
    const consent = { id: newId(), party: party.id, sharePpm: share.value, from: today, to: until };
    if (!(await this.consents.insertOnline(tx, consent))) {
      const inTheWay = await this.consents.meeting(tx, party.id, today, until);
      return refuse({ code: 'CONSENT_IN_FORCE', consent: inTheWay?.id ?? null, until: inTheWay?.to ?? null });
    }
    tx.audit({ consent: consent.id, party: party.id, sharePpm: consent.sharePpm.toString(), until });
    return ok({ id: consent.id });
  }
}
