import { Controller, Get, Param, Query } from '@nestjs/common';

import { CertificateFinder } from '@app/cards';
import {
  parseSerials,
  SERIAL_EXAMPLE,
  SerialHistory,
  SerialSearch,
  type SearchPage,
  type SerialHistoryPage,
  type SerialRefusal,
  type SerialStep,
  type SerialWish,
} from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, RefusalException, unwrap } from '../http';
import { HistoryQuery, SerialsQuery } from './credits.requests';

const READERS = ['credit-registrar', 'forestry-handler', 'forestry-reviewer', 'auditor'];
const PAGE = 50;

type CertifiedStep = SerialStep & { readonly certificate: string | null };

/** Serials with parcel, party, order and card, for staff. */
@Controller('books/:book/serials')
export class StaffSerialsController {
  constructor(
    private readonly search: SerialSearch,
    private readonly history: SerialHistory,
    private readonly certificates: CertificateFinder,
  ) {}

  /** By one of serial, parcel, holder, card or certificate; of land in the caller's regions. */
  @Get()
  async find(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() query: SerialsQuery,
  ): Promise<SearchPage> {
    requirePost(principal, book, READERS);
    const scope = Policies.regionsOf(principal, book.id, READERS);
    const wish = await this.wishOf(book.id, query);
    const { cursor: after, limit: count = PAGE } = query;
    return this.search.find(book.id, wish, { scope, count, ...(after === undefined ? {} : { after }) });
  }

  /** Of the whole book, for its serials cross regions: the whole way with orders, cards and certificates. */
  @Get(':serial/history')
  async way(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('serial') serial: string,
    @Query() { cursor, limit }: HistoryQuery,
  ): Promise<Omit<SerialHistoryPage, 'items'> & { items: CertifiedStep[] }> {
    requirePost(principal, book, READERS, book.region);
    const page = unwrap(await this.history.of(book.id, serial, { cursor, count: limit }));
    const numbers = await this.certificates.ofRetirements(book.id, page.items.map(idOf));
    return {
      ...page,
      items: page.items.map((step) => ({
        ...step,
        certificate: numbers.get(`${idOf(step)} ${afterSlash(step.toPlace)}`) ?? null,
      })),
    };
  }

  private async wishOf(book: number, query: SerialsQuery): Promise<SerialWish> {
    const { serial, parcel, holder, card, certificate } = query;
    const asked = [serial, parcel, holder, card, certificate].filter((each) => each !== undefined);
    if (asked.length !== 1) {
      throw refused({ code: 'SEARCH_BY_ONE', expected: 'serial, parcel, holder, card or certificate' });
    }
    if (parcel !== undefined) return { by: 'parcel', parcelCode: parcel };
    if (holder !== undefined) return { by: 'holder', holderNo: holder };
    if (card !== undefined) return { by: 'card', card };
    const texts =
      certificate === undefined ? [serial!] : await this.certificates.serialsOf(book, certificate);
    const ranges = texts?.map((text) => parseSerials(text)).filter((range) => range !== undefined);
    if (!texts || !ranges) return { by: 'serials', ranges: [] };
    if (ranges.length < texts.length) throw refused({ code: 'SERIAL_MALFORMED', expected: SERIAL_EXAMPLE });
    return { by: 'serials', ranges };
  }
}

const afterSlash = (path: string): string => path.slice(path.indexOf('/') + 1);
const idOf = ({ kind, reference }: SerialStep): string =>
  kind === 'credits.retire' ? afterSlash(reference) : '';
const refused = (reason: SerialRefusal): RefusalException => new RefusalException(reason);
