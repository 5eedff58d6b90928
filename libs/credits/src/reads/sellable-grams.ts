import { Injectable } from '@nestjs/common';

import { dayOf } from '@app/kernel';
import { Books, Database } from '@app/platform';
import { sellableGrades, type Grade } from '../grade';
import { OfferStore } from '../supply/offer.store';
import { OFFERS_PER_SUPPLIER } from '../supply/reserve-grams';
import { chooseOffers } from '../supply/supplier.rules';

/** How much there is for sale at this moment: what was consented to and is neither sold nor reserved. */
@Injectable()
export class SellableGrams {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly offers: OfferStore,
  ) {}

  /** Of all parties together, and the most that one order can draw from so many of them. */
  async of(
    book: number,
    leastGrade: Grade,
    maxSuppliers: number,
  ): Promise<{ readonly grams: bigint; readonly gramsPerOrder: bigint }> {
    const query = { book, grades: sellableGrades(leastGrade), day: dayOf(await this.books.now(book)) };
    const grams = await this.offers.available(this.database, query);
    const count = maxSuppliers * OFFERS_PER_SUPPLIER;
    const offers = await this.offers.offers(this.database, { ...query, order: 'largest', count });
    return { grams, gramsPerOrder: chooseOffers(offers, grams, maxSuppliers).grams };
  }
}
