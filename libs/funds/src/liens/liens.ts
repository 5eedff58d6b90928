import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Crypto, Database } from '@app/platform';
import { LienStore, type Lien, type LienFilter } from './lien.store';
import { LIEN_ACCOUNT } from './register-lien';

/** Where pledged income goes, the number in clear: for a bank file in the making and nothing else. */
export interface RedirectAccount {
  readonly bank: string;
  /** Never into an entry, a job, a log or an error. */
  readonly number: string;
  readonly lender: string;
}

/** Reads of pledges. */
@Injectable()
export class Liens {
  constructor(
    private readonly database: Database,
    private readonly store: LienStore,
    private readonly crypto: Crypto,
  ) {}

  /** The pledges that hold on the day, by party: whoever pays redirects these parties' income of these programmes. */
  async liensOf(book: number, parties: readonly string[], day: Day): Promise<Map<string, Lien[]>> {
    const byParty = new Map<string, Lien[]>();
    for (const lien of await this.store.liveOn(this.database, book, parties, day)) {
      const own = byParty.get(lien.party);
      if (own) own.push(lien);
      else byParty.set(lien.party, [lien]);
    }
    return byParty;
  }

  list(book: number, filter: LienFilter): Promise<Lien[]> {
    return this.store.list(this.database, book, filter);
  }

  /** By pledge. */
  async redirectAccounts(book: number, liens: readonly string[]): Promise<Map<string, RedirectAccount>> {
    const rows = await this.store.sealedAccounts(this.database, book, liens);
    return new Map(
      rows.map(({ lien, bank, sealed, lender }) => [
        lien,
        { bank, number: this.crypto.open(LIEN_ACCOUNT, sealed), lender },
      ]),
    );
  }
}
