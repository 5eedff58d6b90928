import { Injectable } from '@nestjs/common';

import { dayOf, isDay, ok, refuse, type Day, type Result } from '@app/kernel';
import { Books, type Book } from '@app/platform';
import { covers, Regions, type RegionUnknown } from '@app/regions';
import type { Place } from './land.store';

/** What a page is asked for. */
export interface PageQuery {
  /** The book's own region when left out. */
  readonly region?: string | undefined;
  /** Today by the book's clock when left out. */
  readonly day?: Day | undefined;
  /** An earlier day to compare with. */
  readonly against?: Day | undefined;
}

export type PlaceRefusal =
  | RegionUnknown
  | { readonly code: 'REGION_NOT_IN_BOOK'; readonly region: string; readonly bookRegion: string }
  /** Neither is told of a day that is not yet, nor compared with one that is not before. */
  | {
      readonly code: 'REPORT_DAY_WRONG';
      readonly field: 'day' | 'against';
      readonly value: string;
      readonly latest: Day;
    };

export interface Asked extends Place {
  readonly regionName: string;
  readonly day: Day;
  readonly against: Day | null;
  /** By the book's clock. */
  readonly now: Date;
}

/** Finds the place and the days a page is about. */
@Injectable()
export class ReportPlace {
  constructor(
    private readonly books: Books,
    private readonly regions: Regions,
  ) {}

  async find(book: Pick<Book, 'id' | 'region'>, query: PageQuery): Promise<Result<Asked, PlaceRefusal>> {
    const region = query.region ?? book.region;
    const known = await this.regions.byCode(region);
    if (!known.ok) return known;
    if (!covers(book.region, region)) {
      return refuse({ code: 'REGION_NOT_IN_BOOK', region, bookRegion: book.region });
    }
    const now = await this.books.now(book.id);
    const today = dayOf(now);
    const day = query.day ?? today;
    if (!isDay(day) || day > today) {
      return refuse({ code: 'REPORT_DAY_WRONG', field: 'day', value: day.slice(0, 10), latest: today });
    }
    const against = query.against ?? null;
    if (against !== null && (!isDay(against) || against >= day)) {
      return refuse({ code: 'REPORT_DAY_WRONG', field: 'against', value: against.slice(0, 10), latest: day });
    }
    return ok({ book: book.id, region, regionName: known.value.name, day, against, now });
  }
}
