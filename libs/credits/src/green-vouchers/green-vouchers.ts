import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Result } from '@app/kernel';
import { Books, Database } from '@app/platform';
import { Regions } from '@app/regions';
import { ILLUSTRATIVE_NOTE } from '../measuring/coefficient.store';
import type { VoucherRefusal } from './green-voucher.refusals';
import {
  REHEARSAL_SAYS,
  VOUCHER_NUMBERS,
  VOUCHER_SAYS,
  voucherHash,
  type VoucherFacts,
} from './green-voucher.rules';
import { GreenVoucherStore, type StoredVoucher } from './green-voucher.store';

/** A voucher as whoever has its number sees it. It names no person. */
export interface GreenVoucher extends VoucherFacts {
  /** As it is printed. */
  readonly number: string;
  readonly villageName: string | null;
  readonly source: string;
  readonly hash: string;
  /** False when what is stored no longer makes its hash. */
  readonly intact: boolean;
  readonly says: readonly string[];
  /** 示例系数，非核定值 when the method's figures are illustrative, else null. */
  readonly note: string | null;
}

@Injectable()
export class GreenVouchers {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly regions: Regions,
    private readonly vouchers: GreenVoucherStore,
  ) {}

  /** Takes the number as somebody typed it. Refuses VOUCHER_UNKNOWN, telling a mistyped number apart. */
  async byNumber(typed: string): Promise<Result<GreenVoucher, VoucherRefusal>> {
    const number = VOUCHER_NUMBERS.read(typed);
    const found = number === undefined ? undefined : await this.vouchers.byNumber(this.database, number);
    if (!found) {
      return refuse({
        code: 'VOUCHER_UNKNOWN',
        number: typed.slice(0, 64),
        mistyped: number === undefined,
      });
    }
    return ok((await this.shown([found]))[0]!);
  }

  async ofParties(book: number, parties: readonly string[]): Promise<GreenVoucher[]> {
    if (parties.length === 0) return [];
    const day = dayOf(await this.books.now(book));
    return this.shown(await this.vouchers.ofParties(this.database, book, parties, day));
  }

  private async shown(vouchers: readonly StoredVoucher[]): Promise<GreenVoucher[]> {
    const names = await this.regions.byCodes([...new Set(vouchers.map(({ village }) => village))]);
    const rehearsals = new Set<number>();
    for (const book of new Set(vouchers.map((voucher) => voucher.book))) {
      if (await this.books.isRehearsal(book)) rehearsals.add(book);
    }
    return vouchers.map(({ book, hash, source, illustrative, ...facts }) => ({
      ...facts,
      number: VOUCHER_NUMBERS.print(facts.number),
      villageName: names.get(facts.village)?.name ?? null,
      ...{ source, hash },
      intact: voucherHash(book, facts) === hash,
      says: [...(rehearsals.has(book) ? [REHEARSAL_SAYS] : []), ...VOUCHER_SAYS],
      note: illustrative ? ILLUSTRATIVE_NOTE : null,
    }));
  }
}
