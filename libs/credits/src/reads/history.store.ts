import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import type { MethodKind } from '../methodology/stock-change.rules';
import type { SerialRange } from '../serials/serial.rules';

export interface MoveRow {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly from: string | null;
  readonly to: string;
  readonly kind: string;
  readonly reference: string;
  readonly by: string;
  readonly at: Date;
}

export interface BirthRow {
  readonly first: string;
  readonly last: string;
  readonly to: string;
}

export interface OriginRow {
  readonly first: string;
  readonly last: string;
  readonly parcelCode: string;
  readonly village: string;
  readonly holderNo: string;
  readonly forestClass: string;
  readonly year: number;
  readonly areaMu100: string;
  readonly gramsPerMu: string;
  readonly parcelGrams: string;
  readonly coefficientSet: string;
  readonly methodKind: MethodKind;
  readonly rightKind: string;
  readonly sharePpm: string;
  readonly documentNo: string;
}

const RANGE = `int8range($3::bigint, $4::bigint, '[]')`;
const OF_RANGE = `i.book = $1 AND i.code = $2`;
/** Whose the serials were: blocks are found by their serials, lines and shares by their party. */
const PARTIES = `SELECT DISTINCT k.party FROM credits.serial_block k
  WHERE k.book = i.book AND k.issuance = i.id AND k.serials && ${RANGE}`;

/** Reads the way of serials. Runs end where the asked range ends. */
@Injectable()
export class HistoryStore {
  constructor(private readonly database: Database) {}

  /** Oldest first. */
  moves(book: number, { code, first, last }: SerialRange, after: string, count: number): Promise<MoveRow[]> {
    return this.database.query<MoveRow>(
      `SELECT v.id, greatest(lower(v.serials), $3::bigint) AS first, least(upper(v.serials) - 1, $4::bigint) AS last,
              v.from_place AS "from", v.to_place AS "to", v.kind, v.reference, v.moved_by AS by, v.moved_at AS at
         FROM credits.issuance i
         JOIN credits.serial_move v ON v.book = i.book AND v.issuance = i.id AND v.serials && ${RANGE}
        WHERE ${OF_RANGE} AND v.id > $5
        ORDER BY v.id LIMIT $6`,
      [book, code, first.toString(), last.toString(), after, count],
    );
  }

  /** Where the issuance put the serials: of each party's run the low end free, the high end in the buffer. */
  births(book: number, { code, first, last }: SerialRange, count: number): Promise<BirthRow[]> {
    return this.database.query<BirthRow>(
      `SELECT greatest(e.first, $3::bigint) AS first, least(e.after - 1, $4::bigint) AS last, e.place AS "to"
         FROM credits.issuance i
        CROSS JOIN LATERAL (${PARTIES}) b
         JOIN credits.issuance_line l ON l.book = i.book AND l.issuance = i.id AND l.party = b.party
        CROSS JOIN LATERAL (VALUES
          (l.first_serial, l.first_serial + l.grams - l.buffer_grams, 'holding/' || l.party),
          (l.first_serial + l.grams - l.buffer_grams, l.first_serial + l.grams, 'buffer/' || i.code)) e (first, after, place)
        WHERE ${OF_RANGE} AND e.first < e.after AND int8range(e.first, e.after) && ${RANGE}
        ORDER BY 1 LIMIT $5`,
      [book, code, first.toString(), last.toString(), count],
    );
  }

  /** The parcels they grew on, what was measured there, and the right by which they were whose. */
  origins(book: number, { code, first, last }: SerialRange, count: number): Promise<OriginRow[]> {
    return this.database.query<OriginRow>(
      `SELECT greatest(s.first_serial, $3::bigint) AS first,
              least(s.first_serial + s.grams - 1, $4::bigint) AS last, p.code AS "parcelCode", m.village,
              t.external_no AS "holderNo", m.forest_class AS "forestClass", m.year, m.area_mu100 AS "areaMu100",
              m.grams_per_mu AS "gramsPerMu", m.grams AS "parcelGrams", m.coefficient_set AS "coefficientSet",
              m.method_kind AS "methodKind",
              s.right_kind AS "rightKind", s.share_ppm AS "sharePpm", s.document_no AS "documentNo"
         FROM credits.issuance i
        CROSS JOIN LATERAL (${PARTIES}) b
         JOIN credits.issuance_share s ON s.book = i.book AND s.issuance = i.id AND s.party = b.party
          AND s.first_serial <= $4::bigint AND s.first_serial + s.grams > $3::bigint
         JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
         JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
         JOIN registry.party t ON t.book = s.book AND t.id = s.party
        WHERE ${OF_RANGE}
        ORDER BY 1 LIMIT $5`,
      [book, code, first.toString(), last.toString(), count],
    );
  }
}
