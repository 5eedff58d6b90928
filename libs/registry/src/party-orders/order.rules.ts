import { holdsIdOrPhone, holdsSomebodysNumber, isDay, type Day } from '@app/kernel';
import type { WantedMove } from './move.rules';
import type { LockedParty } from './party-facts.store';
import type { PartyOrderFault } from './party-order.refusals';
import { EVENT_TERMS, suits, type PartyEvent, type WantedFacts } from './party-order.rules';
import { FAULTS } from './party-order.words';

export interface PartyOrderProposal {
  readonly event: PartyEvent;
  readonly partyExternalNo: string;
  /** The first day on which it is so. It is approved on that day or later. */
  readonly day: Day;
  /** The household that a merged one joins. */
  readonly intoExternalNo?: string | undefined;
  readonly facts?: WantedFacts | undefined;
  readonly moves?: readonly WantedMove[] | undefined;
  /** The paper that the new shares cite. */
  readonly documentNo: string;
  /** What was seen, and where it is kept. */
  readonly evidence: string;
  readonly bookRegion: string;
  /** Regions the proposing person is responsible for. */
  readonly regions: readonly string[];
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

/** The parties that an order names, by external number. */
export type KnownParties = ReadonlyMap<string, LockedParty>;

/** The party when it is there and not closed. */
export function openParty(known: KnownParties, externalNo?: string): LockedParty | undefined {
  const party = externalNo === undefined ? undefined : known.get(externalNo);
  return party?.closedOn === null ? party : undefined;
}

interface OrderTerms {
  readonly party: LockedParty;
  readonly known: KnownParties;
  /** Somebody is paid in the party's place. */
  readonly hasPayee: boolean;
}

/** What is wrong with an order itself, its facts and moves aside. */
export const orderFaults = (proposal: PartyOrderProposal, terms: OrderTerms): PartyOrderFault[] => [
  ...partyFaults(proposal, terms),
  ...otherFaults(proposal, terms),
  ...moveFaults(proposal),
  ...(holdsIdOrPhone(proposal.documentNo) ? [FAULTS.personal('documentNo')] : []),
  ...(holdsSomebodysNumber(proposal.evidence) ? [FAULTS.personal('evidence')] : []),
];

function partyFaults({ event, day }: PartyOrderProposal, { party }: OrderTerms): PartyOrderFault[] {
  const faults: PartyOrderFault[] = [];
  const { externalNo, closedOn, kind, factsFrom } = party;
  if (closedOn !== null) faults.push(FAULTS.closed('partyExternalNo', externalNo, closedOn));
  else if (!suits(event, kind)) faults.push(FAULTS.kind(kind));
  if (!isDay(day) || day < '1900-01-01') faults.push(FAULTS.day(day));
  else if (factsFrom !== null && day < factsFrom) faults.push(FAULTS.early(day, factsFrom));
  return faults;
}

/** The household that a merged one joins. */
function otherFaults(
  { event, intoExternalNo: into }: PartyOrderProposal,
  { party, known, hasPayee }: OrderTerms,
): PartyOrderFault[] {
  if (!EVENT_TERMS[event].wantsOther) {
    return into === undefined ? [] : [FAULTS.notWanted('intoExternalNo', into)];
  }
  const faults = hasPayee ? [FAULTS.payee(party.externalNo)] : [];
  const joined = into === undefined ? undefined : known.get(into);
  if (!joined || joined.kind !== 'household' || joined.id === party.id) return [...faults, FAULTS.into(into)];
  return joined.closedOn === null
    ? faults
    : [...faults, FAULTS.closed('intoExternalNo', joined.externalNo, joined.closedOn)];
}

function moveFaults({ event, facts, moves = [] }: PartyOrderProposal): PartyOrderFault[] {
  if (!EVENT_TERMS[event].wantsMoves) {
    return moves.length === 0 ? [] : [FAULTS.notWanted('moves', String(moves.length))];
  }
  if (event !== 'split') return [];
  // Of a split nobody else gets anything.
  return moves.flatMap(({ toExternalNo: to }, index) =>
    to === undefined || to === facts?.externalNo
      ? []
      : [{ ...FAULTS.notWanted('toExternalNo', to), row: index + 1 }],
  );
}
