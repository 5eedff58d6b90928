import { Injectable } from '@nestjs/common';

import { idOf, invariant, ok, refuse, type Result } from '@app/kernel';
import {
  Ledger,
  LEGS_MAX,
  type DomainLedger,
  type EntryDraft,
  type Leg,
  type PostingRefusal,
} from '@app/ledger';
import type { Tx } from '@app/platform';
import { cardPath, retiredPath } from '../credits.paths';
import type { CardGramsRefusal } from '../credits.refusals';
import { sumGrams } from '../grams';
import type { Cause } from '../serials/serial-block.store';
import { legsOf, TakeSerials, type MovedPiece, type SerialPiece } from '../serials/take-serials';
import { RetirementStore, type CardSerials } from './retirement.store';

export interface RetireCommand {
  /** Each card once. */
  readonly items: readonly { readonly cardId: string; readonly grams: bigint }[];
  /** The caller's name for this retirement: the same name retires once. */
  readonly reference: string;
}

export interface RetiredCard {
  readonly cardId: string;
  readonly grams: bigint;
  /** Oldest issuance first, lowest serials first. */
  readonly serials: readonly SerialPiece[];
}

export interface Retired {
  /** In the order of the command. */
  readonly items: readonly RetiredCard[];
  readonly replayed: boolean;
}

export type RetireGramsRefusal = CardGramsRefusal | PostingRefusal;

/** Retires grams of cards for their buyers' claims (注销): card → retired. For good: nobody else may claim them. */
@Injectable()
export class RetireGrams {
  private readonly books: DomainLedger;

  constructor(
    private readonly retirements: RetirementStore,
    private readonly takeSerials: TakeSerials,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /**
   * All items or none. The same reference and items again answers the same serials. Refuses
   * CARD_GRAMS_INSUFFICIENT with the first card that has too little, RETIREMENT_REUSED when the reference retired
   * something else.
   */
  async execute(tx: Tx, { items, reference }: RetireCommand): Promise<Result<Retired, RetireGramsRefusal>> {
    invariant(items.length > 0 && items.every(({ grams }) => grams > 0n), 'something is retired');
    if (!(await this.retirements.begin(tx, reference))) return this.replay(tx, { items, reference });
    const moves = items.map(({ cardId, grams }) => ({
      from: cardPath(cardId),
      to: retiredPath(cardId),
      grams,
    }));
    const cause = { kind: 'credits.retire', reference: `retirement/${reference}`.slice(0, 200) };
    const moved = await this.takeSerials.exactly(tx, moves, cause, (move, available) => ({
      code: 'CARD_GRAMS_INSUFFICIENT' as const,
      cardId: cardOf(move.from),
      available,
      asked: move.grams,
    }));
    if (!moved.ok) return moved;
    const retired = moved.value.map((piece) => ({ cardId: cardOf(piece.from), piece }));
    await this.retirements.insert(tx, reference, retired);
    tx.audit({ reference, cards: items.length, retiredGrams: sumGrams(items).toString() });
    const posted = await this.books.post(tx, entriesOf(reference, cause, moved.value));
    return posted.ok ? ok({ items: byCard(items, retired), replayed: false }) : posted;
  }

  private async replay(
    tx: Tx,
    { items, reference }: RetireCommand,
  ): Promise<Result<Retired, Extract<CardGramsRefusal, { code: 'RETIREMENT_REUSED' }>>> {
    const retired = await this.retirements.find(tx, reference);
    const known = byCard(items, retired);
    const isSame =
      known.every(({ serials }, index) => sumGrams(serials) === items[index]!.grams) &&
      new Set(retired.map(({ cardId }) => cardId)).size === items.length;
    return isSame ? ok({ items: known, replayed: true }) : refuse({ code: 'RETIREMENT_REUSED', reference });
  }
}

const cardOf = (path: string): string => path.slice(path.indexOf('/') + 1);

function byCard(items: RetireCommand['items'], retired: readonly CardSerials[]): RetiredCard[] {
  const serials = new Map<string, SerialPiece[]>();
  for (const { cardId, piece } of retired) {
    const { issuance, code, party, first, last, grams, serial } = piece;
    const known = serials.get(cardId) ?? [];
    serials.set(cardId, [...known, { issuance, code, party, first, last, grams, serial }]);
  }
  return items.map(({ cardId, grams }) => ({ cardId, grams, serials: serials.get(cardId) ?? [] }));
}

/** One entry, or as many as its legs need: a card's legs stay together. */
function entriesOf(reference: string, cause: Cause, moved: readonly MovedPiece[]): EntryDraft[] {
  const byPlace = new Map<string, MovedPiece[]>();
  for (const piece of moved) byPlace.set(piece.from, [...(byPlace.get(piece.from) ?? []), piece]);
  const slices: Leg[][] = [[]];
  for (const pieces of byPlace.values()) {
    const legs = legsOf(pieces);
    if (slices.at(-1)!.length + legs.length > LEGS_MAX) slices.push([]);
    slices.at(-1)!.push(...legs);
  }
  return slices.map((legs, n) => ({
    id: idOf('credits.retire', reference, String(n)),
    ...cause,
    legs,
  }));
}
