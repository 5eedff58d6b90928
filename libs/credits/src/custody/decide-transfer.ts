import { Injectable } from '@nestjs/common';

import { dayOf, idOf, invariant, ok, present, refuse, type Result } from '@app/kernel';
import { Ledger, type DomainLedger, type PostingRefusal } from '@app/ledger';
import type { Tx } from '@app/platform';
import { externalPath, holdingPath } from '../credits.paths';
import type { ProposalDecision } from '../decision.rules';
import { sellableGrades } from '../grade';
import { sumGrams } from '../grams';
import { CancelReturned } from '../reversal/cancel-returned';
import { legsOf, TakeSerials, type MovedPiece } from '../serials/take-serials';
import { OfferStore } from '../supply/offer.store';
import type { DecideTransferRefusal } from './custody.refusals';
import { isWithin } from './runs.rules';
import { TransferStore, type Transfer } from './transfer.store';

/**
 * Somebody else decides a transfer, once. Out: holding → external; the grams are locked there until the platform's
 * statement. In: external → holding of whom they came from.
 */
@Injectable()
export class DecideTransfer {
  private readonly books: DomainLedger;

  constructor(
    private readonly transfers: TransferStore,
    private readonly offers: OfferStore,
    private readonly takeSerials: TakeSerials,
    private readonly cancelReturned: CancelReturned,
    ledger: Ledger,
  ) {
    this.books = ledger.domain('credits');
  }

  /**
   * Refuses PROPOSAL_UNKNOWN, TRANSFER_DECIDED, STEP_BY_SAME_PERSON; CONSENTED_GRAMS_INSUFFICIENT and
   * GRADE_IS_MEMORANDUM as things stand now; TRANSFER_HAS_FEWER when others brought grams back meanwhile.
   */
  async execute(
    tx: Tx,
    { id, rejection }: ProposalDecision,
  ): Promise<Result<{ id: string; state: string }, DecideTransferRefusal | PostingRefusal>> {
    // As a reservation: two at once would see the same grams as free.
    await this.offers.lockBook(tx);
    const transfer = await this.transfers.lock(tx, id);
    if (!transfer) return refuse({ code: 'PROPOSAL_UNKNOWN', id });
    if (transfer.state !== 'proposed') return refuse({ code: 'TRANSFER_DECIDED', id, state: transfer.state });
    if (transfer.proposedBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'decide', before: 'propose' });
    }
    if (rejection !== undefined) {
      await this.transfers.decide(tx, id, 'rejected', rejection);
      tx.audit({ transfer: id, outcome: 'rejected' });
      return ok({ id, state: 'rejected' });
    }
    return transfer.direction === 'out' ? this.send(tx, transfer) : this.bringBack(tx, transfer);
  }

  private async send(tx: Tx, transfer: Transfer) {
    const { id, party, issuance, grams, grade, code, platform } = transfer;
    if (grade === 'G0') return refuse({ code: 'GRADE_IS_MEMORANDUM', issuance: code });
    const terms = { book: tx.book, grades: sellableGrades('G1'), day: dayOf(tx.now) };
    const available = await this.offers.offerOf(tx, terms, { party, issuance });
    if (available < grams) return refuse({ code: 'CONSENTED_GRAMS_INSUFFICIENT', available, asked: grams });
    const move = { from: holdingPath(party), to: externalPath(platform), issuance, grams };
    const cause = { kind: 'credits.move-out', reference: `transfer/${id}` };
    const moved = await this.takeSerials.exactly(tx, [move], cause, (_move, left) => ({
      ...{ code: 'CONSENTED_GRAMS_INSUFFICIENT' as const, available: left, asked: grams },
    }));
    if (!moved.ok) return moved;
    await this.transfers.insertSerials(tx, id, moved.value);
    return this.finish(tx, transfer, 'sent', moved.value);
  }

  private async bringBack(tx: Tx, transfer: Transfer) {
    const { id, party, issuance, grams, platform } = transfer;
    const of = present(transfer.of, 'what comes back was moved out');
    const out = present(await this.transfers.lock(tx, of), 'a transfer stays');
    const available = await this.transfers.outsideOf(tx, of);
    if (out.state !== 'confirmed' || available < grams) {
      return refuse({ code: 'TRANSFER_HAS_FEWER', transfer: of, available, asked: grams });
    }
    const runs = await this.transfers.serialsOf(tx, of);
    const move = { from: externalPath(platform), to: holdingPath(party), issuance, grams };
    const moved = await this.takeSerials.exactly(
      tx,
      [move],
      { kind: 'credits.move-in', reference: `transfer/${id}` },
      (_move, left) => ({
        ...{ code: 'TRANSFER_HAS_FEWER' as const, transfer: of, available: left, asked: grams },
      }),
      (block) => isWithin(runs, block),
    );
    if (!moved.ok) return moved;
    await this.transfers.insertSerials(tx, id, moved.value);
    return this.finish(tx, transfer, 'returned', moved.value);
  }

  private async finish(
    tx: Tx,
    { id, grams, platform }: Transfer,
    state: 'sent' | 'returned',
    moved: readonly MovedPiece[],
  ): Promise<Result<{ id: string; state: string }, PostingRefusal>> {
    invariant(sumGrams(moved) === grams, 'a transfer moves what was asked for');
    await this.transfers.decide(tx, id, state, null);
    tx.audit({ transfer: id, outcome: state, grams: grams.toString() });
    const reference = `transfer/${id}`;
    const cancelled = state === 'returned' ? await this.cancelReturned.of(tx, moved, reference) : [];
    const posted = await this.books.post(tx, [
      {
        id: idOf('credits.transfer', id),
        kind: state === 'sent' ? 'credits.move-out' : 'credits.move-in',
        reference,
        memo: platform,
        legs: legsOf(moved),
      },
      ...cancelled,
    ]);
    return posted.ok ? ok({ id, state }) : posted;
  }
}
