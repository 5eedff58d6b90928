import { Injectable } from '@nestjs/common';

import { phoneIndexOf } from '@app/identity';
import { dayOf, idOf, isDay, newId, ok, refuse } from '@app/kernel';
import type { Result } from '@app/kernel';
import { Crypto, UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import { covers, Regions } from '@app/regions';
import { ImportStore } from '../import/import.store';
import type { ImportFacts } from '../import/import-kind';
import { PayeeStore } from '../payees/payee.store';
import { readFacts } from './facts.rules';
import { MoveStore } from './move.store';
import { openParty, orderFaults, type KnownParties, type PartyOrderProposal } from './order.rules';
import { movesOf, type HeldRight, type Receiver, type RightMove, type WantedMove } from './move.rules';
import { PartyFactsStore, type LockedParty } from './party-facts.store';
import type { PartyOrderFault, ProposePartyOrderRefusal } from './party-order.refusals';
import {
  changedFields,
  EVENT_TERMS,
  eventWords,
  type FactField,
  type PartyEvent,
  type PartyFacts,
  type WantedFacts,
} from './party-order.rules';
import { namesOf, PartyOrderStore, type StayingRight } from './party-order.store';
import { FAULTS } from './party-order.words';

export interface ProposedPartyOrder {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly changed: readonly FactField[];
  readonly moves: readonly RightMove[];
  /** Rights that stay with a party though it is closed: a guard finds them until somebody takes them over. */
  readonly staying: readonly StayingRight[];
  readonly summary: { readonly zh: string; readonly en: string };
}

/** Proposes what happens to a party from a day on (分户, 并户, 销户, 户主变更, 更正); it holds when another approves it. */
@Injectable()
export class ProposePartyOrder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly regions: Regions,
    private readonly parties: PartyFactsStore,
    private readonly rights: MoveStore,
    private readonly payees: PayeeStore,
    private readonly orders: PartyOrderStore,
    private readonly imports: ImportStore,
    private readonly crypto: Crypto,
  ) {}

  /**
   * Refuses PARTY_UNKNOWN (also outside the regions), PARTY_ORDER_REFUSED with every fault, PARTY_UNCHANGED. Opens its
   * own unit of work, after the regions are read.
   */
  async execute(
    context: WorkContext,
    proposal: PartyOrderProposal,
  ): Promise<Result<ProposedPartyOrder, ProposePartyOrderRefusal>> {
    const regions = await this.regions.byCodes([proposal.facts?.region ?? '']);
    const facts = { scope: { bookRegion: proposal.bookRegion, regions: proposal.regions }, regions };
    return this.unitOfWork.run(context, (tx) => this.propose(tx, proposal, facts));
  }

  private async propose(
    tx: Tx,
    proposal: PartyOrderProposal,
    importFacts: ImportFacts,
  ): Promise<Result<ProposedPartyOrder, ProposePartyOrderRefusal>> {
    const { event, day, documentNo, evidence, dryRun } = proposal;
    await this.imports.lockBook(tx);
    const known = await this.parties.lock(tx, namedBy(proposal));
    const party = known.get(proposal.partyExternalNo);
    if (!party || !proposal.regions.some((region) => covers(region, party.region))) {
      return refuse({ code: 'PARTY_UNKNOWN', party: proposal.partyExternalNo.slice(0, 64) });
    }
    const hasPayee = event === 'merge' && (await this.payees.has(tx, party.id));
    const faults = orderFaults(proposal, { party, known, hasPayee });
    const { read, faults: factFaults } = readFacts(proposal.facts ?? {}, {
      ...{ event, kind: event === 'split' ? 'household' : party.kind },
      ...{ today: dayOf(tx.now), facts: importFacts },
    });
    const after = this.factsAfter(event, party, read);
    const other = this.otherOf(tx, proposal, known, after);
    const taken = await this.takenNumbers(tx, proposal, { party, other, known, after, read });
    const { held, moved } = await this.movesOf(tx, proposal, { party, other, known });
    const errors = [...faults, ...factFaults, ...taken, ...moved.faults];
    if (errors.length > 0) return refuse({ code: 'PARTY_ORDER_REFUSED', errors });
    const changed = event === 'split' ? [] : changedFields(party, after);
    if (changed.length === 0 && (event === 'head' || event === 'correct')) {
      return refuse({ code: 'PARTY_UNCHANGED', party: party.externalNo });
    }
    const { moves } = moved;
    const staying = event === 'close' ? namesOf(stayingOf(held, moves, party.id)) : [];
    const summary = eventWords({ event, party, other, day, changed, moves, staying });
    const proposed = { changed, moves, staying, summary };
    if (dryRun) return ok({ id: null, ...proposed });
    const id = newId();
    const order = { ...{ id, event, party, other, day, changed, moves, staying }, facts: after };
    await this.orders.insert(tx, { ...order, documentNo, evidence });
    tx.audit({ order: id, event, party: party.id, day, moves: moves.length, staying: staying.length });
    return ok({ id, ...proposed });
  }

  private async movesOf(
    tx: Tx,
    { event, day, documentNo, moves = [] }: PartyOrderProposal,
    { party, other, known }: { party: LockedParty; other: Receiver | null; known: KnownParties },
  ) {
    if (!isDay(day)) return { held: [], moved: { moves: [], faults: [] } };
    const today = dayOf(tx.now);
    const from = day > today ? day : today;
    const held = await this.rights.heldBy(tx, party.id, from);
    const wanted = event === 'merge' ? everyRight(held) : EVENT_TERMS[event].wantsMoves ? moves : [];
    const receiverOf = ({ toExternalNo }: WantedMove) => other ?? openParty(known, toExternalNo);
    return { held, moved: movesOf(wanted, { party: party.id, documentNo, from, held, receiverOf }) };
  }

  private factsAfter(event: PartyEvent, party: LockedParty, read: WantedFacts): PartyFacts {
    const { idNumber, phone } = read;
    // Neither a new household nor a new head is reached by the phone of the old one.
    const isOther = event === 'split' || event === 'head';
    const none = { phoneSealed: null, phoneIndex: null };
    return {
      externalNo: read.externalNo ?? party.externalNo,
      name: read.name ?? party.name,
      region: read.region ?? party.region,
      idNumberSealed: idNumber ? this.crypto.seal('party.id-number', idNumber) : party.idNumberSealed,
      idNumberIndex: idNumber ? this.crypto.blindIndex('party.id-number', idNumber) : party.idNumberIndex,
      ...(phone
        ? {
            phoneSealed: this.crypto.seal('party.phone', phone),
            phoneIndex: phoneIndexOf(this.crypto, phone),
          }
        : phone === null || isOther
          ? none
          : { phoneSealed: party.phoneSealed, phoneIndex: party.phoneIndex }),
    };
  }

  private otherOf(
    tx: Tx,
    { event, intoExternalNo }: PartyOrderProposal,
    known: KnownParties,
    { externalNo }: PartyFacts,
  ): Receiver | null {
    if (event === 'merge') return openParty(known, intoExternalNo) ?? null;
    // The id that an import would give it.
    return event === 'split' ? { id: idOf('registry.party', String(tx.book), externalNo), externalNo } : null;
  }

  /** Numbers that another party has already. */
  private async takenNumbers(
    tx: Tx,
    { event, facts }: PartyOrderProposal,
    {
      party,
      other,
      known,
      after,
      read,
    }: {
      party: LockedParty;
      other: Receiver | null;
      known: KnownParties;
      after: PartyFacts;
      read: WantedFacts;
    },
  ): Promise<PartyOrderFault[]> {
    const faults: PartyOrderFault[] = [];
    const splits = event === 'split';
    if (splits && facts?.externalNo !== undefined && known.has(facts.externalNo)) {
      faults.push(FAULTS.inBook('facts.externalNo', facts.externalNo));
    }
    const isOwn = !splits && after.idNumberIndex !== null && party.idNumberIndex?.equals(after.idNumberIndex);
    if (read.idNumber && after.idNumberIndex && !isOwn) {
      const kind = splits ? 'household' : party.kind;
      const self = splits && other ? other.id : party.id;
      const owner = await this.parties.withIdNumber(tx, kind, after.idNumberIndex, self);
      if (owner !== undefined) faults.push(FAULTS.inBook('facts.idNumber', null));
    }
    return faults;
  }
}

/** External numbers of the parties that an order names. */
function namedBy({ partyExternalNo, intoExternalNo, facts, moves = [] }: PartyOrderProposal): string[] {
  const receivers = moves.map(({ toExternalNo }) => toExternalNo);
  const named = [partyExternalNo, intoExternalNo, facts?.externalNo, ...receivers];
  return named.filter((no) => no !== undefined);
}

const everyRight = (held: readonly HeldRight[]): WantedMove[] =>
  held.map(({ parcel, kind }) => ({ parcelCode: parcel.code, kind }));

/** What the party still holds after the moves. */
function stayingOf(held: readonly HeldRight[], moves: readonly RightMove[], party: string): HeldRight[] {
  const isGone = ({ parcel, kind }: HeldRight): boolean =>
    moves.some(
      (move) =>
        move.parcel.id === parcel.id &&
        move.kind === kind &&
        move.after.every((share) => share.party !== party),
    );
  return held.filter((right) => !isGone(right));
}
