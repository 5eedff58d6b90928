import { Controller, Get } from '@nestjs/common';

import { dayOf, type Day } from '@app/kernel';
import type { Principal } from '@app/identity';
import { Books, type Book } from '@app/platform';
import { Regions } from '@app/regions';
import { Land, Registry, type AccountSummary, type HeldLand, type Party } from '@app/registry';
import { CurrentPrincipal } from '../auth';
import { BookParam } from '../http';
import { phoneIndexOf } from './person';

interface OwnParty extends Party {
  readonly regionName: string | null;
  /** Where the money goes, and to whom when it is another; null when no account is on record. */
  readonly account: AccountSummary | null;
}

interface MyLand {
  /** The day the land is shown as of. */
  readonly day: Day;
  readonly parties: readonly OwnParty[];
  readonly items: readonly (HeldLand & { readonly villageName: string | null })[];
}

/** A household's own land: every parcel its parties hold a right to. */
@Controller('books/:book/my/land')
export class MyLandController {
  constructor(
    private readonly books: Books,
    private readonly registry: Registry,
    private readonly land: Land,
    private readonly regions: Regions,
  ) {}

  @Get()
  async show(@BookParam() book: Book, @CurrentPrincipal() principal: Principal): Promise<MyLand> {
    const own = await this.registry.partiesByPhone(book.id, phoneIndexOf(principal));
    const ids = own.map(({ id }) => id);
    const day = dayOf(await this.books.now(book.id));
    const held = await this.land.of(book.id, ids, day);
    const accounts = await this.registry.accountsOf(book.id, ids);
    const codes = [...own.map(({ region }) => region), ...held.map(({ parcel }) => parcel.village)];
    const regions = await this.regions.byCodes([...new Set(codes)]);
    const nameOf = (code: string) => regions.get(code)?.name ?? null;
    return {
      day,
      parties: own.map((party) => ({
        ...party,
        regionName: nameOf(party.region),
        account: accounts.get(party.id) ?? null,
      })),
      items: held.map((item) => ({ ...item, villageName: nameOf(item.parcel.village) })),
    };
  }
}
