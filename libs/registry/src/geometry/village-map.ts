import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import { drawShape, gridOver, stepsFor, type Grid } from './drawing.rules';
import { decodeShape } from './shape-codec.rules';

/** A village in which parcels have shapes. */
export interface MappedVillage {
  readonly village: string;
  readonly name: string | null;
  readonly parcels: number;
  readonly shapes: number;
}

export interface DrawnParcel {
  readonly code: string;
  readonly forestClass: string;
  readonly areaMu100: bigint;
  readonly mapAreaMu100: bigint;
  /** Parties with a right to it on the day. */
  readonly holders: number;
  /** On the village's grid, x and y by turns from the north-west; holes are rings like others (even-odd). */
  readonly rings: readonly (readonly number[])[];
}

export interface VillageMap {
  readonly day: Day;
  readonly village: string;
  readonly grid: { readonly width: number; readonly height: number; readonly metresWide: number };
  readonly parcels: readonly DrawnParcel[];
  /** The code after which the next page begins. */
  readonly next: string | null;
}

interface Extent {
  readonly west: number | null;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly positions: number;
}

type ShapeRow = Omit<DrawnParcel, 'areaMu100' | 'mapAreaMu100' | 'rings'> & {
  readonly areaMu100: string;
  readonly mapAreaMu100: string;
  readonly shape: Buffer;
};

export const MAP_PAGE_MAX = 2_000;
/** A page of a village is drawn with some hundred thousand positions at most. */
const POSITIONS_MAX = 120_000;
const METRES_A_DEGREE = 111_320;

/** The shapes of a village's parcels for the screen of those who work there. Not for the public (rules.md 24). */
@Injectable()
export class VillageMaps {
  constructor(private readonly database: Database) {}

  /** Villages with shapes in the regions, by code. */
  villages(book: number, scope: readonly string[], day: Day): Promise<MappedVillage[]> {
    return this.database.query<MappedVillage>(
      `SELECT p.village, min(g.name) AS name, count(*)::int AS parcels, count(s.id)::int AS shapes
         FROM registry.parcel_on($1, $3::date) p
         LEFT JOIN registry.parcel_shape s ON s.book = p.book AND s.parcel = p.id AND s.valid @> $3::date
         LEFT JOIN regions.region g ON g.code = p.village
        WHERE EXISTS (SELECT FROM unnest($2::text[]) AS own WHERE starts_with(p.village, own))
        GROUP BY p.village HAVING count(s.id) > 0 ORDER BY p.village`,
      [book, scope, day],
    );
  }

  /** One page of a village's parcels, by code, drawn on a grid that all its pages share. */
  async page(
    book: number,
    { village, day, after, count }: { village: string; day: Day; after?: string; count: number },
  ): Promise<VillageMap> {
    const extent = await this.extent(book, village, day);
    if (extent?.west == null) {
      return { day, village, grid: { width: 1, height: 1, metresWide: 0 }, parcels: [], next: null };
    }
    const { west, positions, ...sides } = extent;
    const box = { west, ...sides };
    const grid = gridOver(box, stepsFor(positions, POSITIONS_MAX));
    const rows = await this.rows(book, { village, day, after: after ?? null, count: count + 1 });
    const parcels = rows.slice(0, count).map((row) => drawn(row, grid));
    const middle = ((box.south + box.north) / 2 / 1e9) * (Math.PI / 180);
    const metresWide = Math.round(((box.east - west) / 1e9) * METRES_A_DEGREE * Math.cos(middle));
    const { width, height } = grid;
    const next = rows.length > count ? (parcels.at(-1)?.code ?? null) : null;
    return { day, village, grid: { width, height, metresWide }, parcels, next };
  }

  private async extent(book: number, village: string, day: Day): Promise<Extent | undefined> {
    const rows = await this.database.query<Extent>(
      `SELECT min((s.frame[1])[0]) AS west, min((s.frame[1])[1]) AS south, max((s.frame[0])[0]) AS east,
              max((s.frame[0])[1]) AS north, coalesce(sum(s.positions), 0)::int AS positions
         FROM registry.parcel_on($1, $3::date) p
         JOIN registry.parcel_shape s ON s.book = p.book AND s.parcel = p.id AND s.valid @> $3::date
        WHERE p.village = $2`,
      [book, village, day],
    );
    return rows[0];
  }

  private rows(
    book: number,
    { village, day, after, count }: { village: string; day: Day; after: string | null; count: number },
  ): Promise<ShapeRow[]> {
    return this.database.query<ShapeRow>(
      `SELECT p.code, p.forest_class AS "forestClass", p.area_mu100 AS "areaMu100", s.area_mu100 AS "mapAreaMu100",
              (SELECT count(DISTINCT r.party)::int FROM registry.right_share r
                WHERE r.book = p.book AND r.parcel = p.id AND r.valid @> $3::date) AS holders, s.shape
         FROM registry.parcel_on($1, $3::date) p
         JOIN registry.parcel_shape s ON s.book = p.book AND s.parcel = p.id AND s.valid @> $3::date
        WHERE p.village = $2 AND ($4::text IS NULL OR p.code > $4)
        ORDER BY p.code LIMIT $5`,
      [book, village, day, after, count],
    );
  }
}

const drawn = ({ shape, areaMu100, mapAreaMu100, ...row }: ShapeRow, grid: Grid): DrawnParcel => ({
  ...row,
  areaMu100: BigInt(areaMu100),
  mapAreaMu100: BigInt(mapAreaMu100),
  rings: drawShape(decodeShape(shape), grid),
});
