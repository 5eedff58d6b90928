import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Coalescer, int4Array, ReadLane, textArray, type Statement } from '@app/platform';
import type { BalanceAt } from '../views';

interface BalanceRow {
  readonly place: string;
  readonly asset: string;
  readonly side: string;
  readonly balance: string;
  readonly version: string;
}

const CURRENT: Statement = {
  name: 'ledger.current-balances',
  text: `
    SELECT asked.place, s.code AS asset, a.side, a.side * (a.debits - a.credits) AS balance, a.version
      FROM unnest($1::int[], $2::text[]) WITH ORDINALITY AS asked (book, path, place)
      JOIN ledger.account a ON a.book = asked.book AND a.path = asked.path
      JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
     ORDER BY asked.place, s.code`,
};

/**
 * Balances as they are now. Callers who ask at the same time share one query, which starts after all of them have
 * asked, so each sees what was committed before.
 */
@Injectable()
export class BalanceReader {
  readonly #accounts = new Coalescer<string, BalanceAt[]>((names) => this.read(names));

  constructor(private readonly reads: ReadLane) {}

  /** All assets of the path in their order, or the one; nothing when no such account was opened. */
  async current(book: number, path: string, asset?: string): Promise<readonly BalanceAt[]> {
    const found = (await this.#accounts.get(`${book} ${path}`)) ?? [];
    return asset === undefined ? found : found.filter((balance) => balance.asset === asset);
  }

  private async read(names: readonly string[]): Promise<ReadonlyMap<string, BalanceAt[]>> {
    const asked = names.map((name) => name.split(' ') as [string, string]);
    const rows = await this.reads.ask<BalanceRow>(CURRENT, [
      int4Array(asked.map(([book]) => Number(book))),
      textArray(asked.map(([, path]) => path)),
    ]);
    const found = new Map<string, BalanceAt[]>();
    for (const { place, asset, side, balance, version } of rows) {
      const at = Number(place) - 1;
      const [name, [, path]] = [present(names[at], 'a place'), present(asked[at], 'a place')];
      const balances = found.get(name) ?? [];
      balances.push({
        path,
        asset,
        side: side === '1' ? 1 : -1,
        balance: BigInt(balance),
        version: BigInt(version),
      });
      found.set(name, balances);
    }
    return found;
  }
}
