import { Controller, Get, Param, Query } from '@nestjs/common';

import { dayOf, type Day } from '@app/kernel';
import { Policies, type Principal } from '@app/identity';
import { Books, type Book } from '@app/platform';
import { covers } from '@app/regions';
import {
  LandOrders,
  ParcelHistory,
  ParcelOrders,
  type LandOrder,
  type ListedParcel,
  type ParcelOrder,
  type ParcelRecord,
  type RegistryRefusal,
} from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, pageOf, RefusalException } from '../http';
import { ParcelQuery, ParcelsQuery } from './order.requests';
import { READERS } from './order-posts';

const PAGE = 50;
/** Of a parcel's orders so many are told with it; the lists of orders have all. */
const ORDERS_SHOWN = 50;

/** Parcels as of any day, for staff, each within their regions. */
@Controller('books/:book/parcels')
export class ParcelsController {
  constructor(
    private readonly books: Books,
    private readonly parcels: ParcelHistory,
    private readonly parcelOrders: ParcelOrders,
    private readonly landOrders: LandOrders,
  ) {}

  /** By code, with the facts that hold on the day: today unless another is asked for. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: ParcelsQuery,
  ): Promise<{ day: Day; items: ListedParcel[]; next: string | null }> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const { region, q, cursor: after } = query;
    const meetsScope =
      region === undefined || scope.some((own) => covers(own, region) || covers(region, own));
    if (!meetsScope) requirePost(principal, book, READERS, region);
    const day = query.day ?? dayOf(await this.books.now(book.id));
    const count = query.limit ?? PAGE;
    const found = await this.parcels.list(book.id, { day, scope, region, q, after, count: count + 1 });
    return { day, ...pageOf(found, count, ({ code }) => code) };
  }

  /** One parcel as of the day, with its holders then and all that ever changed. */
  @Get(':code')
  async one(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Query() query: ParcelQuery,
  ): Promise<ParcelRecord & { day: Day; orders: readonly ParcelOrder[]; landOrders: readonly LandOrder[] }> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const day = query.day ?? dayOf(await this.books.now(book.id));
    const parcel = await this.parcels.one(book.id, code, day, query.knownOn);
    // One answer for what is not there and what is not theirs.
    if (!parcel || !scope.some((region) => covers(region, parcel.village))) {
      const reason: RegistryRefusal = { code: 'PARCEL_UNKNOWN', parcel: code.slice(0, 64) };
      throw new RefusalException(reason);
    }
    const filter = { scope, parcel: parcel.code, count: ORDERS_SHOWN };
    const orders = await this.parcelOrders.list(book.id, filter);
    const landOrders = await this.landOrders.list(book.id, filter);
    return { day, ...parcel, orders, landOrders };
  }
}
