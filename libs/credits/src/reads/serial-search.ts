import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { formatSerials, type SerialRange } from '../serials/serial.rules';
import { sizeOf } from '../serials/take.rules';
import type { SerialState } from './serial-origins';

/** Exactly one of these says which serials are wanted. */
export type SerialWish =
  | { readonly by: 'parcel'; readonly parcelCode: string }
  /** The party whose land the grams came from, by the bureau's number. */
  | { readonly by: 'holder'; readonly holderNo: string }
  | { readonly by: 'card'; readonly card: string }
  | { readonly by: 'serials'; readonly ranges: readonly SerialRange[] };

export interface FoundSerials {
  readonly serial: string;
  readonly grams: bigint;
  readonly state: SerialState;
  /** Path of the ledger's account. */
  readonly place: string;
  readonly parcelCode: string;
  readonly village: string;
  readonly holderNo: string;
  readonly forestClass: string;
  readonly year: number;
}

export interface SearchPage {
  readonly items: readonly FoundSerials[];
  /** Code and first serial of the page's last run. */
  readonly next: string | null;
}

interface FoundRow extends Omit<FoundSerials, 'serial' | 'grams' | 'state'> {
  readonly code: string;
  readonly first: string;
  readonly last: string;
}

/** Which serials come from a parcel or a party, are on a card, or lie in given runs, and where they are. For staff. */
@Injectable()
export class SerialSearch {
  constructor(private readonly database: Database) {}

  /** Of land in the regions only, in order of issuance code and serial, after the cursor. */
  async find(
    book: number,
    wish: SerialWish,
    page: { readonly scope: readonly string[]; readonly after?: string; readonly count: number },
  ): Promise<SearchPage> {
    const rows = await this.rows(book, wish, page);
    const shown = rows.slice(0, page.count);
    const last = shown.at(-1);
    return {
      items: shown.map(({ code, first, last: end, ...row }) => {
        const range = { code, first: BigInt(first), last: BigInt(end) };
        const state = row.place.slice(0, row.place.indexOf('/')) as SerialState;
        return { serial: formatSerials(range), grams: sizeOf(range), state, ...row };
      }),
      next: rows.length > page.count && last ? `${last.code}_${last.first}` : null,
    };
  }

  private rows(
    book: number,
    wish: SerialWish,
    {
      scope,
      after,
      count,
    }: { readonly scope: readonly string[]; readonly after?: string; readonly count: number },
  ): Promise<FoundRow[]> {
    const [code = '', first = '0'] = after?.split('_') ?? [];
    const params = [book, scope, code, first, count + 1];
    switch (wish.by) {
      case 'serials': {
        const ranges = [
          wish.ranges.map((range) => range.code),
          wish.ranges.map((range) => range.first.toString()),
          wish.ranges.map((range) => range.last.toString()),
        ];
        return this.database.query<FoundRow>(OF_RANGES, [...params, ...ranges]);
      }
      case 'parcel':
        return this.database.query<FoundRow>(OF_LAND.parcel, [...params, wish.parcelCode]);
      case 'holder':
        return this.database.query<FoundRow>(OF_LAND.holder, [...params, wish.holderNo]);
      case 'card':
        return this.database.query<FoundRow>(OF_LAND.card, [...params, wish.card]);
    }
  }
}

const SELECT = `SELECT i.code, e.first, e.last, b.place, p.code AS "parcelCode", m.village, t.external_no AS "holderNo",
         m.forest_class AS "forestClass", m.year`;
const OF_SHARE = `
    JOIN credits.serial_block b ON b.book = s.book AND b.issuance = s.issuance AND b.party = s.party
     AND b.serials && int8range(s.first_serial, s.first_serial + s.grams)`;
const ABOUT = `
    JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
    JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
    JOIN registry.party t ON t.book = s.book AND t.id = s.party`;
const PAGE = `EXISTS (SELECT FROM unnest($2::text[]) own WHERE starts_with(m.village, own))
     AND (i.code, e.first) > ($3, $4::bigint)
   ORDER BY i.code, e.first LIMIT $5`;

const ofLand = (condition: string): string => `
  ${SELECT}
    FROM credits.issuance_share s
    JOIN credits.issuance i ON i.book = s.book AND i.id = s.issuance ${OF_SHARE} ${ABOUT}
   CROSS JOIN LATERAL (SELECT greatest(lower(b.serials), s.first_serial) AS first,
                              least(upper(b.serials), s.first_serial + s.grams) - 1 AS last) e
   WHERE s.book = $1 AND ${condition} AND ${PAGE}`;

const OF_LAND = {
  parcel: ofLand('m.parcel = (SELECT w.id FROM registry.parcel w WHERE w.book = $1 AND w.code = $6)'),
  holder: ofLand('s.party = (SELECT w.id FROM registry.party w WHERE w.book = $1 AND w.external_no = $6)'),
  card: ofLand(`b.place IN ('card/' || $6::text, 'retired/' || $6::text)`),
};

const OF_RANGES = `
  ${SELECT}
    FROM unnest($6::text[], $7::bigint[], $8::bigint[]) AS a (code, first, last)
    JOIN credits.issuance i ON i.book = $1 AND i.code = a.code
    JOIN credits.serial_block b
      ON b.book = i.book AND b.issuance = i.id AND b.serials && int8range(a.first, a.last, '[]')
    JOIN credits.issuance_share s ON s.book = b.book AND s.issuance = b.issuance AND s.party = b.party
     AND int8range(s.first_serial, s.first_serial + s.grams) && b.serials * int8range(a.first, a.last, '[]') ${ABOUT}
   CROSS JOIN LATERAL (SELECT greatest(a.first, lower(b.serials), s.first_serial) AS first,
                              least(a.last, upper(b.serials) - 1, s.first_serial + s.grams - 1) AS last) e
   WHERE ${PAGE}`;
