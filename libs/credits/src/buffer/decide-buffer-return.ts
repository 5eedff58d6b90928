import { Injectable } from '@nestjs/common';

import { idOf, ok, refuse, type Result } from '@app/kernel';
import { Ledger, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { bufferPath, holdingPath } from '../credits.paths';
import { sumGrams } from '../grams';
import { TakeSerials, type MovedPiece } from '../serials/take-serials';
import { OfferStore } from '../supply/offer.store';
import type { BufferRefusal } from './buffer.refusals';
import { returnSlices } from './buffer.rules';
import { BufferReturnStore, type LockedReturn } from './buffer-return.store';

export interface BufferReturnDecision {
  readonly bufferReturn: string;
  /** Why it is rejected; approved when left out. */
  readonly rejection?: string;
  /** Regions the deciding person is responsible for. */
  readonly regions: readonly string[];
}

/** Somebody who did not propose it lets a buffer return: buffer → holding of whose land each serial came from. Once. */
@Injectable()
export class DecideBufferReturn {
  private readonly books: DomainLedger;

  constructor(
    private readonly returns: BufferReturnStore,
    private readonly offers: OfferStore,
    private readonly takeSerials: TakeSerials,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /**
   * Returns what is there when it is decided: what a reversal takes meanwhile is gone. Refuses BUFFER_RETURN_UNKNOWN,
   * BUFFER_RETURN_DECIDED, STEP_BY_SAME_PERSON, BUFFER_OWED, BUFFER_EMPTY. Waits for reversals and reservations of the book.
   */
  async execute(
    tx: Tx,
    { bufferReturn: id, rejection, regions }: BufferReturnDecision,
  ): Promise<Result<{ id: string; grams: bigint }, BufferRefusal | PostingRefusal>> {
    const found = await this.returns.lock(tx, id);
    if (!found || !regions.some((own) => covers(own, found.region))) {
      return refuse({ code: 'BUFFER_RETURN_UNKNOWN', bufferReturn: id });
    }
    if (found.state !== 'proposed')
      return refuse({ code: 'BUFFER_RETURN_DECIDED', bufferReturn: id, state: found.state });
    if (found.proposedBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'decide', before: 'propose' });
    }
    if (rejection === undefined) return this.giveBack(tx, found);
    await this.returns.decide(tx, id, { grams: null, rejection });
    tx.audit({ bufferReturn: id, issuance: found.issuance, outcome: 'rejected' });
    return ok({ id, grams: 0n });
  }

  private async giveBack(
    tx: Tx,
    { id, issuance: code, issuanceId }: LockedReturn,
  ): Promise<Result<{ id: string; grams: bigint }, BufferRefusal | PostingRefusal>> {
    await this.offers.lockBook(tx);
    const openGrams = await this.returns.owed(tx);
    if (openGrams > 0n) return refuse({ code: 'BUFFER_OWED', openGrams });
    const cause = { kind: 'credits.return-buffer', reference: `issuance/${code}` };
    const back = ({ party }: { readonly party: string }) => holdingPath(party);
    const moved = await this.takeSerials.everything(tx, bufferPath(code), back, cause);
    const grams = sumGrams(moved);
    if (grams === 0n) return refuse({ code: 'BUFFER_EMPTY', issuance: code });
    await this.returns.decide(tx, id, { grams, rejection: null });
    await this.returns.credit(tx, issuanceId, byParty(moved));
    tx.audit({ bufferReturn: id, issuance: code, outcome: 'approved', returnedGrams: grams.toString() });
    const posted = await this.books.post(
      tx,
      returnSlices(moved).map((legs, n) => ({
        id: idOf('credits.return-buffer', issuanceId, String(n)),
        ...cause,
        legs,
      })),
    );
    return posted.ok ? ok({ id, grams }) : posted;
  }
}

function byParty(moved: readonly MovedPiece[]): Map<string, bigint> {
  const grams = new Map<string, bigint>();
  for (const piece of moved) grams.set(piece.party, (grams.get(piece.party) ?? 0n) + piece.grams);
  return grams;
}
