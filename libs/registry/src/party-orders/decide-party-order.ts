import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { ConsentStore } from '../consent.store';
import { ImportStore } from '../import/import.store';
import { PayeeStore } from '../payees/payee.store';
import type { PartyKind } from '../registry.words';
import type { RightOrderReason } from '../right-orders/right-order.rules';
import { moveSteps } from './move.rules';
import { MoveStore } from './move.store';
import { PartyFactsStore } from './party-facts.store';
import type { DecidePartyOrderRefusal } from './party-order.refusals';
import { endsParty, type PartyEvent } from './party-order.rules';
import { PartyOrderStore, type PartyOrder } from './party-order.store';

export interface PartyOrderDecision {
  readonly order: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
  /** Regions the deciding person is responsible for. */
  readonly regions: readonly string[];
}

const REASONS: Readonly<Record<PartyEvent, RightOrderReason>> = {
  ...{ split: 'division', merge: 'merger', close: 'inheritance' },
  // Neither moves a right.
  ...{ head: 'transfer', correct: 'transfer' },
};

/** Somebody who did not propose it decides an order about a party, once: the party and its rights change together. */
@Injectable()
export class DecidePartyOrder {
  constructor(
    private readonly orders: PartyOrderStore,
    private readonly parties: PartyFactsStore,
    private readonly rights: MoveStore,
    private readonly payees: PayeeStore,
    private readonly consents: ConsentStore,
    private readonly imports: ImportStore,
  ) {}

  /**
   * Refuses PARTY_ORDER_UNKNOWN (also outside the regions), PARTY_ORDER_DECIDED, PARTY_ORDER_BY_SAME_PERSON,
   * PARTY_ORDER_OUTSIDE_REGION, PARTY_ORDER_TOO_EARLY, PARTY_CHANGED_MEANWHILE.
   */
  async execute(
    tx: Tx,
    { order: id, rejection, regions }: PartyOrderDecision,
  ): Promise<Result<{ id: string }, DecidePartyOrderRefusal>> {
    // Numbers of parties are unique: nobody else brings one meanwhile.
    await this.imports.lockBook(tx);
    const order = await this.orders.lock(tx, id);
    const isOwn = (code: string): boolean => regions.some((region) => covers(region, code));
    if (!order || !isOwn(order.party.region)) return refuse({ code: 'PARTY_ORDER_UNKNOWN', order: id });
    if (order.state !== 'proposed')
      return refuse({ code: 'PARTY_ORDER_DECIDED', order: id, state: order.state });
    if (order.proposedBy === tx.context.actor)
      return refuse({ code: 'PARTY_ORDER_BY_SAME_PERSON', order: id });
    if (rejection === undefined) {
      const places = order.moves.filter(({ parcel }) => !isOwn(parcel.village));
      const parcels = [...new Set(places.map(({ parcel }) => parcel.code))];
      if (parcels.length > 0 || !isOwn(order.facts.region)) {
        return refuse({ code: 'PARTY_ORDER_OUTSIDE_REGION', parcels });
      }
      const applied = await this.apply(tx, order);
      if (!applied.ok) return applied;
    } else await this.orders.decide(tx, id, rejection);
    tx.audit({
      ...{ order: id, event: order.event, party: order.party.id },
      outcome: rejection === undefined ? 'approved' : 'rejected',
    });
    return ok({ id });
  }

  private async apply(tx: Tx, order: PartyOrder): Promise<Result<null, DecidePartyOrderRefusal>> {
    const { id, event, day, moves, other, facts } = order;
    const today = dayOf(tx.now);
    if (day > today) return refuse({ code: 'PARTY_ORDER_TOO_EARLY', day, today });
    const parties = await this.changedParties(tx, order);
    const parcels = await this.rights.lockParcels(tx, moves);
    const late = moves.filter((move) => moveSteps(move).ended.some(({ to }) => to !== null && to < today));
    const changed = [...new Set([...parcels, ...late.map(({ parcel }) => parcel.code)])];
    if (parties.length + changed.length > 0) {
      return refuse({ code: 'PARTY_CHANGED_MEANWHILE', parties, parcels: changed });
    }
    await this.orders.decide(tx, id, null);
    const moving = { ...order, reason: REASONS[event] };
    if (event === 'split' && other) {
      await this.parties.insert(tx, { order: id, party: other.id, day, facts });
      await this.rights.apply(tx, moving, moves, today);
      return ok(null);
    }
    // Before it is closed: whoever is closed is given nothing, and keeps what it keeps.
    await this.rights.apply(tx, moving, moves, today);
    const closes = endsParty(event);
    await this.parties.change(tx, { order: id, party: order.party.id, day, facts, closes });
    if (closes) await this.end(tx, order, today);
    return ok(null);
  }

  /** External numbers of who is not as it was when the order was proposed. */
  private async changedParties(tx: Tx, order: PartyOrder): Promise<string[]> {
    const { event, party, other, facts, moves, partyVersion } = order;
    const receivers = moves.flatMap((move) => moveSteps(move).added.map(({ externalNo }) => externalNo));
    const numbers = [...new Set([party.externalNo, ...(other ? [other.externalNo] : []), ...receivers])];
    const known = await this.parties.lock(tx, numbers);
    const changed = new Set(numbers.filter((externalNo) => known.get(externalNo)?.closedOn));
    if (known.get(party.externalNo)?.version !== partyVersion) changed.add(party.externalNo);
    if (event === 'split' && known.has(facts.externalNo)) changed.add(facts.externalNo);
    if (event === 'merge' && (await this.payees.has(tx, party.id))) changed.add(party.externalNo);
    const owner = await this.ownerOfNumber(tx, order, known.get(party.externalNo)?.kind);
    return [...changed, ...(owner === undefined ? [] : [owner])];
  }

  /** Who has the ID number by now that the order brings. */
  private async ownerOfNumber(
    tx: Tx,
    { event, party, other, facts }: PartyOrder,
    kind: PartyKind | undefined,
  ): Promise<string | undefined> {
    if (facts.idNumberIndex === null || kind === undefined || endsParty(event)) return undefined;
    const self = event === 'split' && other ? other.id : party.id;
    return this.parties.withIdNumber(tx, event === 'split' ? 'household' : kind, facts.idNumberIndex, self);
  }

  /** Nobody sells for who is no more; what is due to a household that joined another goes to that one. */
  private async end(tx: Tx, order: PartyOrder, today: Day): Promise<void> {
    const { id, party, other, documentNo } = order;
    await this.consents.revokeAll(tx, party.id);
    if (other) {
      await this.payees.succeed(tx, { party: party.id, payee: other.id, order: id, from: today, documentNo });
    }
  }
}
