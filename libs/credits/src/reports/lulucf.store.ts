import { Injectable } from '@nestjs/common';

import { addDays, startOf, type Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { Place } from '../one-book/land.store';

export interface ActivityArea {
  readonly landKind: string | null;
  readonly forestClass: string;
  readonly ageGroup: string;
  readonly origin: string;
  readonly parcels: number;
  readonly areaMu100: bigint;
}

export interface Conversion {
  /** Null: the land was not in the book, or became other parcels. */
  readonly from: string | null;
  readonly to: string | null;
  readonly parcels: number;
  readonly areaMu100: bigint;
}

/** Parcels as they were held to be at the end of a day. The one place where reports choose between what is known of a day. */
const ON = (alias: string, day: string, end: string): string =>
  `SELECT ${alias}.* FROM registry.parcel_believed($1, ${day}::date, ${end}::timestamptz) ${alias}
    WHERE starts_with(${alias}.village, $2) AND ${alias}.status <> 'cancelled'`;

const endOf = (day: Day): string => startOf(addDays(day, 1)).toISOString();

/** Land use and its change, parcel by parcel, for the greenhouse gas inventory. */
@Injectable()
export class LulucfStore {
  constructor(private readonly database: Database) {}

  async areas({ book, region }: Place, day: Day): Promise<ActivityArea[]> {
    const rows = await this.database.query<
      Omit<ActivityArea, 'parcels' | 'areaMu100'> & { parcels: string; area: string }
    >(
      `SELECT p.land_kind AS "landKind", p.forest_class AS "forestClass", p.age_group AS "ageGroup", p.origin,
              count(*)::text AS parcels, sum(p.area_mu100)::text AS area
         FROM (${ON('q', '$3', '$4')}) p GROUP BY 1, 2, 3, 4 ORDER BY 1 NULLS LAST, 2, 3, 4`,
      [book, region, day, endOf(day)],
    );
    return rows.map(({ parcels, area, ...row }) => ({
      ...row,
      parcels: Number(parcels),
      areaMu100: BigInt(area),
    }));
  }

  /** From class to class; the area is that of the later day, of what left the book that of the earlier one. */
  async conversions({ book, region }: Place, from: Day, to: Day): Promise<Conversion[]> {
    const rows = await this.database.query<{
      from: string | null;
      to: string | null;
      parcels: string;
      area: string;
    }>(
      `SELECT b.forest_class AS "from", a.forest_class AS "to", count(*)::text AS parcels,
              sum(coalesce(a.area_mu100, b.area_mu100))::text AS area
         FROM (${ON('q', '$3', '$4')}) b
         FULL JOIN (${ON('q', '$5', '$6')}) a ON a.id = b.id
        GROUP BY 1, 2 ORDER BY 1 NULLS LAST, 2 NULLS LAST`,
      [book, region, from, endOf(from), to, endOf(to)],
    );
    return rows.map(({ parcels, area, ...row }) => ({
      ...row,
      parcels: Number(parcels),
      areaMu100: BigInt(area),
    }));
  }
}
