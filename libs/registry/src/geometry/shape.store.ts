import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { insertRows } from '../import/insert-rows';
import type { JudgedShape } from './judge-map';
import type { MapKey } from './key-field.rules';

/** A parcel that a feature of a file may mean. */
export interface MappedParcel {
  readonly id: string;
  readonly code: string;
  readonly village: string;
  readonly areaMu100: bigint;
  /** What the file calls it. */
  readonly name: string;
}

export interface NewShape extends Omit<JudgedShape, 'name'> {
  readonly id: string;
  readonly parcel: string;
}

/** Two shapes whose boxes meet. */
export interface Pair {
  readonly shape: string;
  readonly other: string;
}

const KEY_COLUMNS: Readonly<Record<MapKey, string>> = { code: 'p.code', patch: 'p.map_patch_no' };

@Injectable()
export class ShapeStore {
  /** The parcels that have these codes or patch numbers today; of one village, when it is named. */
  async parcels(
    tx: Tx,
    key: MapKey,
    { names, village, today }: { names: readonly string[]; village: string | null; today: Day },
  ): Promise<MappedParcel[]> {
    const rows = await tx.query<Omit<MappedParcel, 'areaMu100'> & { areaMu100: string }>(
      `SELECT p.id, p.code, p.village, p.area_mu100 AS "areaMu100", ${KEY_COLUMNS[key]} AS name
         FROM registry.parcel_on($1, $4::date) p
        WHERE ${KEY_COLUMNS[key]} = ANY ($2::text[]) AND ($3::text IS NULL OR p.village = $3)`,
      [tx.book, names, village, today],
    );
    return rows.map((row) => ({ ...row, areaMu100: BigInt(row.areaMu100) }));
  }

  /** How many of the parcels have a shape. */
  async countCurrent(tx: Tx, parcels: readonly string[]): Promise<number> {
    const rows = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM registry.parcel_shape
        WHERE book = $1 AND parcel = ANY ($2::uuid[]) AND upper_inf(valid)`,
      [tx.book, parcels],
    );
    return rows[0]?.n ?? 0;
  }

  /** Ends the shapes that the parcels have. */
  async endCurrent(tx: Tx, parcels: readonly string[], today: Day): Promise<void> {
    await tx.execute(
      `UPDATE registry.parcel_shape SET valid = daterange(lower(valid), $3::date)
        WHERE book = $1 AND parcel = ANY ($2::uuid[]) AND upper_inf(valid)`,
      [tx.book, parcels, today],
    );
  }

  async insert(tx: Tx, file: string, today: Day, shapes: readonly NewShape[]): Promise<void> {
    const rows = shapes.map(({ bytes, areaMu100, centre, box, ...shape }) => ({
      ...{ ...shape, ...box, lon: centre.lon, lat: centre.lat },
      ...{ area_mu100: areaMu100.toString(), shape: bytes.toString('hex') },
    }));
    await insertRows(tx, INSERT_SHAPES, rows, [file, today, tx.now]);
  }

  /**
   * Of features of a file, the pairs with other parcels' shapes that hold on a day with them: with earlier features
   * of the same file and with those of all others. At most so many a feature; `leftOut` tells how many more.
   */
  async pairs(
    tx: Tx,
    file: string,
    { from, to, most }: { from: number; to: number; most: number },
  ): Promise<{ pairs: Pair[]; leftOut: number }> {
    const rows = await tx.query<Pair & { n: number; met: number }>(
      `SELECT s.id AS shape, c.id AS other, c.n::int AS n, c.met::int AS met
         FROM registry.parcel_shape s
        CROSS JOIN LATERAL (
          SELECT o.id, row_number() OVER (ORDER BY o.id) AS n, count(*) OVER () AS met
            FROM registry.parcel_shape o
           WHERE o.book = s.book AND o.frame && s.frame AND o.parcel <> s.parcel AND o.valid && s.valid
             AND (o.file <> s.file OR o.feature < s.feature)) c
        WHERE s.book = $1 AND s.file = $2 AND s.feature > $3 AND s.feature <= $4 AND c.n <= $5`,
      [tx.book, file, from, to, most],
    );
    const more = rows.filter(({ n, met }) => n === most && met > most);
    return { pairs: rows, leftOut: more.reduce((sum, { met }) => sum + met - most, 0) };
  }

  /** The bytes of shapes, by id. */
  async bytesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Buffer>> {
    const rows = await tx.query<{ id: string; shape: Buffer }>(
      `SELECT id, shape FROM registry.parcel_shape WHERE book = $1 AND id = ANY ($2::uuid[])`,
      [tx.book, ids],
    );
    return new Map(rows.map(({ id, shape }) => [id, shape]));
  }

  /** Two files that are compared at once may both find a pair. */
  async insertOverlaps(tx: Tx, overlaps: readonly (Pair & { areaMu100: bigint })[]): Promise<void> {
    const rows = overlaps.map(({ shape, other, areaMu100 }) => ({
      shape,
      other,
      area_mu100: areaMu100.toString(),
    }));
    await insertRows(tx, INSERT_OVERLAPS, rows);
  }
}

const INSERT_SHAPES = `
  INSERT INTO registry.parcel_shape (book, id, parcel, file, feature, valid, area_mu100, positions, centre_lon,
         centre_lat, frame, shape, recorded_at)
  SELECT $1, r.id, r.parcel, $3, r.feature, daterange($4::date, NULL), r.area_mu100, r.positions, r.lon, r.lat,
         box(point(r.west, r.south), point(r.east, r.north)), decode(r.shape, 'hex'), $5
    FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, parcel uuid, feature int, area_mu100 bigint, positions int,
         lon bigint, lat bigint, west float8, south float8, east float8, north float8, shape text)`;
const INSERT_OVERLAPS = `
  INSERT INTO registry.shape_overlap (book, shape, other, area_mu100)
  SELECT $1, least(r.shape, r.other), greatest(r.shape, r.other), r.area_mu100
    FROM jsonb_to_recordset($2::jsonb) AS r(shape uuid, other uuid, area_mu100 bigint)
  ON CONFLICT (book, shape, other) DO NOTHING`;
