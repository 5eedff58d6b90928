import { Controller, Get, Param } from '@nestjs/common';

import { dayOf } from '@app/kernel';
import { Books, type Book } from '@app/platform';
import { covers, Regions, type RegionUnknown } from '@app/regions';
import { VillageCentroids, type VillageCentroid } from '@app/registry';
import { Public } from '../auth';
import { BookParam, RefusalException, unwrap } from '../http';

/** Where a village's forest lies, for anyone: one point a village and no shape ever (rules.md 24). */
@Public()
@Controller('public/books/:book/villages')
export class PublicVillagesController {
  constructor(
    private readonly books: Books,
    private readonly regions: Regions,
    private readonly centroids: VillageCentroids,
  ) {}

  /** Null where fewer than five parcels have shapes. */
  @Get(':village/centroid')
  async centroid(
    @BookParam() book: Book,
    @Param('village') code: string,
  ): Promise<VillageCentroid & { name: string }> {
    const region = unwrap(await this.regions.byCode(code));
    if (region.level !== 'village' || !covers(book.region, code)) {
      const reason: RegionUnknown = { code: 'REGION_UNKNOWN', region: code };
      throw new RefusalException(reason);
    }
    const centroid = await this.centroids.of(book.id, code, dayOf(await this.books.now(book.id)));
    return { ...centroid, name: region.name };
  }
}
