import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';

/** Of fewer parcels the centroid of a village would point at one of them. */
export const CENTROID_PARCELS_MIN = 5;

export interface VillageCentroid {
  readonly village: string;
  readonly day: Day;
  /** Degrees of CGCS2000 with two decimals, about a kilometre. */
  readonly centroid: { readonly lon: string; readonly lat: string } | null;
}

/** All that the public is shown of where parcels lie (rules.md 24): the middle of a village's, by area. */
@Injectable()
export class VillageCentroids {
  constructor(private readonly database: Database) {}

  /** Null for fewer than five parcels with shapes, so that nobody's is pointed at. */
  async of(book: number, village: string, day: Day): Promise<VillageCentroid> {
    const rows = await this.database.query<{ lon: string; lat: string }>(
      `SELECT round(sum(s.centre_lon * w.weight) / sum(w.weight) / 1e9, 2)::text AS lon,
              round(sum(s.centre_lat * w.weight) / sum(w.weight) / 1e9, 2)::text AS lat
         FROM registry.parcel_on($1, $3::date) p
         JOIN registry.parcel_shape s ON s.book = p.book AND s.parcel = p.id AND s.valid @> $3::date
        CROSS JOIN LATERAL (SELECT greatest(s.area_mu100, 1)::numeric AS weight) w
        WHERE p.village = $2
       HAVING count(*) >= $4`,
      [book, village, day, CENTROID_PARCELS_MIN],
    );
    return { village, day, centroid: rows[0] ?? null };
  }
}
