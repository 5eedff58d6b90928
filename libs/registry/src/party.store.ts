import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database } from '@app/platform';
import type { PartyKind } from './registry.words';

export interface Party {
  readonly id: string;
  readonly externalNo: string;
  readonly kind: PartyKind;
  readonly name: string;
  /** Code of the region it belongs to. */
  readonly region: string;
  /** 销户, 并户: the first day on which it is no more; null while it is there. */
  readonly closedOn: Day | null;
}

export interface ListedParty extends Party {
  /** The account its money goes to; null when there is none. */
  readonly account: {
    readonly bank: string;
    readonly last4: string;
    /** External number of who is paid in its place; null when the account is its own. */
    readonly payee: string | null;
  } | null;
  readonly hasPhone: boolean;
}

export interface PartyFilter {
  /** Only parties in one of these regions: what the reader may see. */
  readonly scope: readonly string[];
  readonly region?: string;
  /** Part of the name, or the whole external number. */
  readonly q?: string;
  /** The external number after which the page begins. */
  readonly after?: string;
  readonly count: number;
}

const COLUMNS = `t.id, t.external_no AS "externalNo", t.kind, t.name, t.region,
  t.closed_on::text AS "closedOn"`;

/** A Tx inside a unit of work, the Database outside: one unit of work never waits for a second connection. */
export type Queries = Pick<Database, 'query'>;

@Injectable()
export class PartyStore {
  async byPhone(from: Queries, book: number, phoneIndex: Buffer): Promise<Party[]> {
    return from.query<Party>(
      `SELECT ${COLUMNS} FROM registry.party t WHERE t.book = $1 AND t.phone_index = $2 ORDER BY t.external_no`,
      [book, phoneIndex],
    );
  }

  async byId(from: Queries, book: number, id: string): Promise<Party | undefined> {
    const rows = await from.query<Party>(
      `SELECT ${COLUMNS} FROM registry.party t WHERE t.book = $1 AND t.id = $2`,
      [book, id],
    );
    return rows[0];
  }

  async list(from: Queries, book: number, filter: PartyFilter): Promise<ListedParty[]> {
    return from.query<ListedParty>(
      `SELECT ${COLUMNS}, t.phone_index IS NOT NULL AS "hasPhone",
              CASE WHEN a.account IS NOT NULL THEN jsonb_build_object('bank', a.bank, 'last4', a.last4, 'payee',
                CASE WHEN a.payee_reason IS NOT NULL THEN a.payee_external_no END) END AS account
         FROM registry.party t
         LEFT JOIN registry.payee_account a ON a.book = t.book AND a.party = t.id
        WHERE t.book = $1
          AND EXISTS (SELECT FROM unnest($2::text[]) s WHERE starts_with(t.region, s))
          AND starts_with(t.region, $3)
          AND ($4::text IS NULL OR strpos(t.name, $4) > 0 OR t.external_no = $4)
          AND ($5::text IS NULL OR t.external_no > $5)
        ORDER BY t.external_no LIMIT $6`,
      [book, filter.scope, filter.region ?? '', filter.q ?? null, filter.after ?? null, filter.count],
    );
  }
}
