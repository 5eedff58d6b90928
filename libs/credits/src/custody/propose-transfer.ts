import { Injectable } from '@nestjs/common';

import { dayOf, isUuid, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { textFaults } from '../fault.rules';
import { OfferStore } from '../supply/offer.store';
import { sellableGrades } from '../grade';
import type { TransferRefusal } from './custody.refusals';
import { TransferStore } from './transfer.store';

interface TransferTerms {
  /** The platform's own number of it. */
  readonly reference: string;
  readonly grams: bigint;
  readonly documentNo: string;
}

export interface MoveOut extends TransferTerms {
  readonly platform: string;
  readonly partyExternalNo: string;
  /** Code of the issuance. */
  readonly issuance: string;
}

export interface MoveIn extends TransferTerms {
  /** The transfer out whose grams come back. */
  readonly of: string;
}

/** Asks that grams move out to another platform, or that what was moved out comes back; another person decides. */
@Injectable()
export class ProposeTransfer {
  constructor(
    private readonly transfers: TransferStore,
    private readonly offers: OfferStore,
  ) {}

  /**
   * Refuses CUSTODY_REFUSED, PLATFORM_UNKNOWN, ISSUANCE_UNKNOWN, GRADE_IS_MEMORANDUM, SUPPLIER_UNKNOWN,
   * CONSENTED_GRAMS_INSUFFICIENT with what the party lets go of now, TRANSFER_REFERENCE_TAKEN.
   */
  async out(tx: Tx, wish: MoveOut): Promise<Result<{ id: string }, TransferRefusal>> {
    const errors = faultsOf(wish);
    if (errors.length > 0) return refuse({ code: 'CUSTODY_REFUSED', errors });
    if (!(await this.transfers.hasPlatform(tx, wish.platform))) {
      return refuse({ code: 'PLATFORM_UNKNOWN', platform: wish.platform.slice(0, 30) });
    }
    const issuance = await this.transfers.issuance(tx, wish.issuance);
    if (!issuance) return refuse({ code: 'ISSUANCE_UNKNOWN', issuance: wish.issuance.slice(0, 40) });
    if (issuance.grade === 'G0') return refuse({ code: 'GRADE_IS_MEMORANDUM', issuance: wish.issuance });
    const party = await this.transfers.supplier(tx, wish.partyExternalNo, issuance.id);
    if (party === undefined)
      return refuse({ code: 'SUPPLIER_UNKNOWN', party: wish.partyExternalNo.slice(0, 64) });
    const terms = { book: tx.book, grades: sellableGrades('G1'), day: dayOf(tx.now) };
    const available = await this.offers.offerOf(tx, terms, { party, issuance: issuance.id });
    if (available < wish.grams) {
      return refuse({ code: 'CONSENTED_GRAMS_INSUFFICIENT', available, asked: wish.grams });
    }
    const { platform, reference, grams, documentNo } = wish;
    return this.record(tx, {
      ...{ direction: 'out', platform, reference, of: null, party, issuance: issuance.id, grams, documentNo },
    });
  }

  /** Refuses CUSTODY_REFUSED, FOREIGN_UNITS_NEVER_MINTED, TRANSFER_HAS_FEWER, TRANSFER_REFERENCE_TAKEN. */
  async in(tx: Tx, wish: MoveIn): Promise<Result<{ id: string }, TransferRefusal>> {
    const errors = faultsOf(wish);
    if (errors.length > 0) return refuse({ code: 'CUSTODY_REFUSED', errors });
    const out = isUuid(wish.of) ? await this.transfers.lock(tx, wish.of) : undefined;
    if (out?.direction !== 'out' || out.state !== 'confirmed') {
      return refuse({ code: 'FOREIGN_UNITS_NEVER_MINTED', transfer: wish.of.slice(0, 64) });
    }
    const available = await this.transfers.outsideOf(tx, out.id);
    if (available < wish.grams) {
      return refuse({ code: 'TRANSFER_HAS_FEWER', transfer: out.id, available, asked: wish.grams });
    }
    const { reference, grams, documentNo } = wish;
    const { platform, party, issuance } = out;
    return this.record(tx, {
      ...{ direction: 'in', platform, reference, of: out.id, party, issuance, grams, documentNo },
    });
  }

  private async record(
    tx: Tx,
    transfer: Omit<Parameters<TransferStore['insert']>[1], 'id'>,
  ): Promise<Result<{ id: string }, TransferRefusal>> {
    const id = newId();
    if (!(await this.transfers.insert(tx, { ...transfer, id }))) {
      const { platform, reference } = transfer;
      return refuse({ code: 'TRANSFER_REFERENCE_TAKEN', platform, reference });
    }
    tx.audit({ transfer: id, direction: transfer.direction, grams: transfer.grams.toString() });
    return ok({ id });
  }
}

const faultsOf = ({ reference, documentNo }: TransferTerms) => [
  ...textFaults('reference', reference),
  ...textFaults('documentNo', documentNo),
];
