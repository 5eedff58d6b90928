import { Injectable } from '@nestjs/common';

import { newId, ok, refuse, type Result } from '@app/kernel';
import { Books, type Tx } from '@app/platform';
import type { AgreementRefusal } from './agreement.refusals';
import { wrongTerms, type AgreementTerms } from './agreement.rules';
import { AgreementStore, type AgreementSide } from './agreement.store';

export interface AgreementProposal extends AgreementTerms {
  /** Code of the other fiscal unit's book. */
  readonly otherBook: string;
  /** What this book is of it. */
  readonly side: AgreementSide;
}

/** Enters an agreement with another region's book. It is offered to that book, and holds when both have approved it. */
@Injectable()
export class ProposeAgreement {
  constructor(
    private readonly books: Books,
    private readonly agreements: AgreementStore,
  ) {}

  /** Refuses FUNDS_FIELD_WRONG, PERSONAL_NUMBER_IN_TEXT, AMOUNT_NOT_POSITIVE, OTHER_BOOK_UNKNOWN. */
  async execute(
    tx: Tx,
    { otherBook, side, ...terms }: AgreementProposal,
  ): Promise<Result<{ id: string }, AgreementRefusal>> {
    const wrong = wrongTerms(terms);
    if (wrong) return wrong;
    const other = await this.books.byCode(otherBook);
    if (!other.ok || other.value.id === tx.book) return refuse({ code: 'OTHER_BOOK_UNKNOWN', otherBook });
    const [payerBook, recipientBook] =
      side === 'payer' ? [tx.book, other.value.id] : [other.value.id, tx.book];
    const id = newId();
    await this.agreements.insert(tx, { id, ...terms, payerBook, recipientBook });
    tx.audit({ agreement: id, agreementNo: terms.agreementNo, side, amountFen: terms.amountFen.toString() });
    return ok({ id });
  }
}
