import { Controller, Get, Param, Query } from '@nestjs/common';

import {
  SerialHistory,
  SerialOrigins,
  type SerialHistoryPage,
  type SerialLookup,
  type SerialOrigin,
  type SerialStep,
} from '@app/credits';
import type { Book } from '@app/platform';
import { Public } from '../auth';
import { BookParam, unwrap } from '../http';
import { HistoryQuery } from './credits.requests';

type PublicOrigin = Omit<SerialOrigin, 'parcelCode' | 'holderNo' | 'right'>;

/** What everybody may know of where serials grew and how they went: no parcel, no person, no order, no card. */
type PublicHistory = Pick<SerialHistoryPage, 'serial' | 'issuance' | 'reversals' | 'next'> & {
  readonly origins: readonly PublicOrigin[];
  readonly items: readonly Pick<SerialStep, 'serial' | 'kind' | 'from' | 'to' | 'at'>[];
};

/** Where every gram is, for everybody: its issuance, its village and what became of it. */
@Public()
@Controller('public/books/:book/serials')
export class SerialsController {
  constructor(
    private readonly origins: SerialOrigins,
    private readonly history: SerialHistory,
  ) {}

  /** `610924100-2025-G1-17` or a run of them, `610924100-2025-G1-1-3000`. */
  @Get(':serial')
  async show(@BookParam() book: Book, @Param('serial') serial: string): Promise<SerialLookup> {
    return unwrap(await this.origins.lookUp(book.id, serial));
  }

  /** Its whole way, oldest first: from the issuance over every move to where it is. */
  @Get(':serial/history')
  async way(
    @BookParam() book: Book,
    @Param('serial') serial: string,
    @Query() { cursor, limit }: HistoryQuery,
  ): Promise<PublicHistory> {
    const page = unwrap(await this.history.of(book.id, serial, { cursor, count: limit }));
    return {
      ...{ serial: page.serial, issuance: page.issuance, reversals: page.reversals, next: page.next },
      origins: page.origins.map(publicOrigin),
      items: page.items.map(({ serial: run, kind, from, to, at }) => ({ serial: run, kind, from, to, at })),
    };
  }
}

const publicOrigin = (origin: SerialOrigin): PublicOrigin => ({
  ...{ serial: origin.serial, village: origin.village, forestClass: origin.forestClass },
  ...{ year: origin.year, areaMu100: origin.areaMu100, gramsPerMu: origin.gramsPerMu },
  ...{
    parcelGrams: origin.parcelGrams,
    coefficientSet: origin.coefficientSet,
    methodKind: origin.methodKind,
  },
});
