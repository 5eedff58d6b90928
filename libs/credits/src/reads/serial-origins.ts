import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import { Database } from '@app/platform';
import { Regions } from '@app/regions';
import type { SerialRefusal } from '../credits.refusals';
import { SerialMarks, type SerialMark } from '../reversal/serial-marks';
import { gradeAt, type Grade } from '../grade';
import { formatSerials, parseSerials, SERIAL_EXAMPLE, type SerialRange } from '../serials/serial.rules';
import { sizeOf } from '../serials/take.rules';
import { Uniqueness } from '../uniqueness/uniqueness';
import type { UniquenessStatement } from '../uniqueness/uniqueness.rules';
import { Issuances, type PublicIssuance } from './issuances';

/** Where serials are: free, held for an order, on a card, retired, kept in the buffer, void, gone elsewhere. */
export type SerialState =
  'holding' | 'reserved-grams' | 'card' | 'retired' | 'buffer' | 'cancelled' | 'external';

/** A run of serials that come from one parcel and are in one state. It names no person. */
export interface OriginRun {
  readonly serial: string;
  readonly first: bigint;
  readonly last: bigint;
  readonly grams: bigint;
  readonly state: SerialState;
  /** By the book's clock; null while they are not retired. */
  readonly retiredAt: Date | null;
  /** When they were retired; of now while they are not. */
  readonly grade: Grade;
  /** Region code, twelve digits, and its name where the code is known. */
  readonly village: string;
  readonly villageName: string | null;
  readonly forestClass: string;
  /** The set it was measured with. */
  readonly coefficientSet: string;
  /** 来源林地已享受公益林等财政补偿: public-welfare forest, or inside a scope of compensation. */
  readonly subsidised: boolean;
  readonly issuance: PublicIssuance;
}

export interface SerialLookup {
  readonly serial: string;
  readonly issuance: PublicIssuance;
  /** In order of the serials. */
  readonly items: readonly Omit<OriginRun, 'issuance'>[];
  /** Which of them a reversal took, and what stands in for them. */
  readonly reversals: readonly SerialMark[];
  /** There are more runs than an answer holds: ask for fewer serials. */
  readonly truncated: boolean;
  /** That a gram has one serial is said with its limit. */
  readonly uniqueness: UniquenessStatement;
}

interface OriginRow {
  readonly code: string;
  readonly first: string;
  readonly last: string;
  readonly state: SerialState;
  readonly retired_at: Date | null;
  readonly grade: Grade;
  readonly village: string;
  readonly forest_class: string;
  readonly coefficient_set: string;
  readonly subsidised: boolean;
}

const RUNS_MAX = 200;

/** The way from serials back to the village: state, place and origin of each, for certificates and for everybody. */
@Injectable()
export class SerialOrigins {
  constructor(
    private readonly database: Database,
    private readonly regions: Regions,
    private readonly issuances: Issuances,
    private readonly marks: SerialMarks,
    private readonly uniqueness: Uniqueness,
  ) {}

  /** The runs of these serials, in order of issuance code and serial. Unknown serials have none. */
  of(book: number, ranges: readonly SerialRange[]): Promise<OriginRun[]> {
    return this.runs(book, ranges, null);
  }

  /** What is known of `610924100-2025-G1-1-3000`. Refuses SERIAL_MALFORMED, SERIAL_UNKNOWN. */
  async lookUp(book: number, text: string): Promise<Result<SerialLookup, SerialRefusal>> {
    const range = parseSerials(text.slice(0, 100));
    if (!range) return refuse({ code: 'SERIAL_MALFORMED', expected: SERIAL_EXAMPLE });
    const serial = formatSerials(range);
    const [issuance] = await this.issuances.list(book, [range.code]);
    if (!issuance || range.last > issuance.grams) return refuse({ code: 'SERIAL_UNKNOWN', serial });
    const runs = await this.runs(book, [range], RUNS_MAX + 1);
    const marks = await this.marks.of(book, [range]);
    return ok({
      ...{ serial, issuance, items: runs.slice(0, RUNS_MAX), reversals: marks.slice(0, RUNS_MAX) },
      truncated: runs.length > RUNS_MAX || marks.length > RUNS_MAX,
      uniqueness: await this.uniqueness.statement(book),
    });
  }

  private async runs(
    book: number,
    ranges: readonly SerialRange[],
    limit: number | null,
  ): Promise<OriginRun[]> {
    if (ranges.length === 0) return [];
    const rows = await this.rows(book, ranges, limit);
    const codes = [...new Set(rows.map(({ code }) => code))];
    const issuances = new Map((await this.issuances.list(book, codes)).map((one) => [one.code, one]));
    const names = await this.regions.byCodes([...new Set(rows.map(({ village }) => village))]);
    return rows.map((row) => {
      const [first, last] = [BigInt(row.first), BigInt(row.last)];
      return {
        serial: formatSerials({ code: row.code, first, last }),
        first,
        last,
        grams: sizeOf({ first, last }),
        state: row.state,
        retiredAt: row.retired_at,
        grade: row.grade,
        village: row.village,
        villageName: names.get(row.village)?.name ?? null,
        forestClass: row.forest_class,
        coefficientSet: row.coefficient_set,
        subsidised: row.subsidised,
        issuance: issuances.get(row.code)!,
      };
    });
  }

  /** Runs end where the asked range, the block or the parcel's part ends, whichever comes first. */
  private rows(book: number, ranges: readonly SerialRange[], limit: number | null): Promise<OriginRow[]> {
    return this.database.query<OriginRow>(
      `SELECT i.code, e.first, e.last, split_part(b.place, '/', 1) AS state, t.retired_at,
              ${gradeAt('i', "coalesce(t.retired_at, 'infinity')")} AS grade,
              m.village, m.forest_class, m.coefficient_set,
              p.public_welfare_level <> 'none' OR p.scope IS NOT NULL AS subsidised
         FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS a (code, first, last)
         JOIN credits.issuance i ON i.book = $1 AND i.code = a.code
         JOIN credits.serial_block b
           ON b.book = i.book AND b.issuance = i.id AND b.serials && int8range(a.first, a.last, '[]')
         JOIN credits.issuance_share s ON s.book = b.book AND s.issuance = b.issuance AND s.party = b.party
          AND int8range(s.first_serial, s.first_serial + s.grams) && b.serials * int8range(a.first, a.last, '[]')
        CROSS JOIN LATERAL (
          SELECT greatest(a.first, lower(b.serials), s.first_serial) AS first,
                 least(a.last, upper(b.serials) - 1, s.first_serial + s.grams - 1) AS last) e
         JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
         JOIN registry.parcel_current p ON p.book = m.book AND p.id = m.parcel
         LEFT JOIN credits.retired_serials r
           ON r.book = b.book AND r.issuance = b.issuance AND r.serials && b.serials AND b.place LIKE 'retired/%'
         LEFT JOIN credits.retirement t ON t.book = r.book AND t.reference = r.reference
        ORDER BY i.code, e.first
        LIMIT $5`,
      [
        book,
        ranges.map(({ code }) => code),
        ranges.map(({ first }) => first.toString()),
        ranges.map(({ last }) => last.toString()),
        limit,
      ],
    );
  }
}
