import { Injectable } from '@nestjs/common';

import { ok, refuse, type Day, type Result } from '@app/kernel';
import { Database } from '@app/platform';
import { covers, isRegionCode } from './region.rules';

export type RegionLevel = 'province' | 'prefecture' | 'county' | 'township' | 'village';

export interface Region {
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  /** Code of the region it lies in; null for a province. */
  readonly parent: string | null;
  /** First day under this code; null when that lies before our source. */
  readonly validFrom: Day | null;
  /** First day no longer under this code; null while in use. */
  readonly validTo: Day | null;
  /** The code that took its place, when there is one. */
  readonly successor: string | null;
}

export interface RegionUnknown {
  readonly code: 'REGION_UNKNOWN';
  readonly region: string;
}

const COLUMNS = `r.code, r.name, r.level, r.parent_code AS parent, r.valid_from::text AS "validFrom",
  r.valid_to::text AS "validTo", r.successor_code AS successor`;

/** On the day, today where none is asked for. Days are China's, whatever the time zone of the session. */
const ON = `coalesce($2::date, (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date)`;
const IN_USE = `(r.valid_from IS NULL OR r.valid_from <= ${ON}) AND (r.valid_to IS NULL OR r.valid_to > ${ON})`;

/** The region tree, read only: it changes by migration, with the decree that changes it. */
@Injectable()
export class Regions {
  constructor(private readonly database: Database) {}

  /** The region of a code, of a code no longer in use too: old documents carry it. */
  async byCode(code: string): Promise<Result<Region, RegionUnknown>> {
    const found = (await this.byCodes([code])).get(code);
    return found ? ok(found) : refuse({ code: 'REGION_UNKNOWN', region: code.slice(0, 12) });
  }

  /** Those of the codes that exist, by code, in one query whatever their number. */
  async byCodes(codes: readonly string[]): Promise<ReadonlyMap<string, Region>> {
    const possible = codes.filter(isRegionCode);
    if (possible.length === 0) return new Map();
    const rows = await this.database.query<Region>(
      `SELECT ${COLUMNS} FROM regions.region r WHERE r.code = ANY ($1)`,
      [possible],
    );
    return new Map(rows.map((row) => [row.code, row]));
  }

  /**
   * The region that a code, of whatever time, stands for on the day: of 610928 in 2020 itself and today 610981, of
   * 610981 in 2020 the county that it was. Undefined where nothing of it is known for the day.
   */
  async onDay(code: string, day: Day): Promise<Region | undefined> {
    const rows = await this.database.query<Region>(
      `WITH RECURSIVE before (code) AS (
         SELECT $1::text COLLATE "C" UNION SELECT r.code FROM before b JOIN regions.region r ON r.successor_code = b.code),
       after (code) AS (
         SELECT $1::text COLLATE "C" UNION SELECT r.successor_code FROM after a JOIN regions.region r ON r.code = a.code
          WHERE r.successor_code IS NOT NULL)
       SELECT ${COLUMNS} FROM regions.region r
        WHERE r.code IN (SELECT b.code FROM before b UNION SELECT a.code FROM after a) AND ${IN_USE}
        ORDER BY r.code <> $1, r.code LIMIT 1`,
      [code, day],
    );
    return rows[0];
  }

  /** The regions directly below that are in use on the day, today where none is asked for, by code. */
  children(code: string, day?: Day): Promise<Region[]> {
    return this.database.query<Region>(
      `SELECT ${COLUMNS} FROM regions.region r WHERE r.parent_code = $1 AND ${IN_USE} ORDER BY r.code`,
      [code, day ?? null],
    );
  }

  /** The regions it lies in, from the province down, without itself. */
  ancestors(code: string): Promise<Region[]> {
    return this.database.query<Region>(
      `SELECT ${COLUMNS} FROM regions.region r
        WHERE starts_with($1, r.code) AND r.code <> $1 ORDER BY length(r.code)`,
      [code],
    );
  }

  /** True when `code` lies in `scope` or is it. */
  covers(scope: string, code: string): boolean {
    return covers(scope, code);
  }
}
