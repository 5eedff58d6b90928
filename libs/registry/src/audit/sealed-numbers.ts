import { Injectable } from '@nestjs/common';

import { phoneIndexOf } from '@app/identity';
import { Crypto, Database, type CheckFinding, type SealPurpose } from '@app/platform';

/** Opened one page after the other: no more than this is in memory. */
const PAGE_ROWS = 1_000;
const EXAMPLES = 10;

interface Sealed {
  readonly id: string;
  readonly externalNo: string;
  readonly what: 'id-number' | 'phone' | 'account';
  readonly sealed: Buffer;
  readonly index: Buffer;
}

const PURPOSES: Readonly<Record<Sealed['what'], SealPurpose>> = {
  ...{ 'id-number': 'party.id-number', phone: 'party.phone', account: 'bank-account.number' },
};
const PAGES = [
  `SELECT t.id, t.external_no AS "externalNo", k.what, k.sealed, k.index
     FROM (SELECT * FROM registry.party p WHERE p.book = $1 AND p.id > $2 ORDER BY p.id LIMIT ${PAGE_ROWS}) t
    CROSS JOIN LATERAL (VALUES ('id-number', t.id_number_sealed, t.id_number_index), ('phone', t.phone_sealed, t.phone_index))
                       AS k (what, sealed, index)
    ORDER BY t.id`,
  `SELECT a.id, t.external_no AS "externalNo", 'account' AS what, a.number_sealed AS sealed, a.number_index AS index
     FROM registry.bank_account a JOIN registry.party t ON t.book = a.book AND t.id = a.party
    WHERE a.book = $1 AND a.id > $2 ORDER BY a.id LIMIT ${PAGE_ROWS}`,
];
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Whether the sealed numbers of persons are those that their blind indexes stand for. The numbers are not told. */
@Injectable()
export class SealedNumbers {
  constructor(
    private readonly database: Database,
    private readonly crypto: Crypto,
  ) {}

  async findings(book: number): Promise<CheckFinding[]> {
    const findings: CheckFinding[] = [];
    for (const sql of PAGES) {
      let rows: Sealed[];
      let after = BEFORE_ALL;
      do {
        rows = await this.database.query<Sealed>(sql, [book, after]);
        after = rows.at(-1)?.id ?? after;
        for (const row of rows.filter((one) => one.sealed !== null && !this.fits(one))) {
          const facts = `party ${row.externalNo}: its sealed ${row.what} is not the one that its index stands for`;
          findings.push({ code: 'SEALED_DIFFERS_FROM_INDEX', facts });
        }
      } while (rows.length > 0 && findings.length < EXAMPLES);
    }
    return findings.slice(0, EXAMPLES);
  }

  private fits({ what, sealed, index }: Sealed): boolean {
    const purpose = PURPOSES[what];
    try {
      const plain = this.crypto.open(purpose, sealed);
      const own =
        what === 'phone' ? phoneIndexOf(this.crypto, plain) : this.crypto.blindIndex(purpose, plain);
      return own.equals(index);
    } catch {
      // Changed, moved from another place, or sealed with a key that is not here.
      return false;
    }
  }
}
