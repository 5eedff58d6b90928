import { Controller, Get, Param, Query } from '@nestjs/common';

import { dayOf } from '@app/kernel';
import { Policies, type Principal } from '@app/identity';
import { Books, type Book } from '@app/platform';
import { MAP_PAGE_MAX, VillageMaps, type MappedVillage, type VillageMap } from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam } from '../http';
import { VillageMapQuery } from './map.requests';

const READERS = [
  'village-clerk',
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  'credit-registrar',
  'auditor',
];

/** What parcels look like from above, for staff, each within their regions: nobody else is shown a shape. */
@Controller('books/:book/village-maps')
export class VillageMapsController {
  constructor(
    private readonly books: Books,
    private readonly maps: VillageMaps,
  ) {}

  /** Villages with shapes, by code. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: MappedVillage[] }> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    return { items: await this.maps.villages(book.id, scope, dayOf(await this.books.now(book.id))) };
  }

  /** A village's parcels drawn on its grid, by code, in pages. */
  @Get(':village')
  async show(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('village') village: string,
    @Query() { cursor, limit }: VillageMapQuery,
  ): Promise<VillageMap> {
    requirePost(principal, book, READERS, village);
    const day = dayOf(await this.books.now(book.id));
    return this.maps.page(book.id, {
      ...{ village, day, count: limit ?? MAP_PAGE_MAX },
      ...(cursor !== undefined && { after: cursor }),
    });
  }
}
