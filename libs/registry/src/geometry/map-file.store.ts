import { Injectable } from '@nestjs/common';

import { Database, type Tx } from '@app/platform';
import { CHINA, type Frame } from './frame.rules';
import type { MapFormat } from './map-features';
import { NANO } from './shape';

/** A map file that was loaded. */
export interface MapFile {
  readonly id: string;
  readonly format: MapFormat;
  readonly crs: string;
  readonly sha256: string;
  readonly features: number;
  readonly positions: number;
  /** Features that were compared with what lies beside them, for overlaps. */
  readonly checkedTo: number;
  /** Pairs that were not compared, where more shapes lie on one another than a map can rightly have. */
  readonly pairsLeftOut: number;
  /** User id of who loaded it. */
  readonly loadedBy: string;
  readonly loadedAt: Date;
}

const COLUMNS = `id, format, crs, sha256, features, positions, checked_to AS "checkedTo",
  pairs_left_out AS "pairsLeftOut", loaded_by AS "loadedBy", loaded_at AS "loadedAt"`;

const NANO_PER_MINUTE = NANO / 60;

@Injectable()
export class MapFileStore {
  constructor(private readonly database: Database) {}

  /** The frame of the region, or of the nearest around it that has one. */
  async frameOf(region: string): Promise<Frame> {
    const rows = await this.database.query<Frame>(
      `SELECT region, west, south, east, north FROM registry.map_frame
        WHERE starts_with($1, region) ORDER BY length(region) DESC LIMIT 1`,
      [region],
    );
    const found = rows[0];
    if (!found) return CHINA;
    const nano = (minutes: number): number => Math.round(minutes * NANO_PER_MINUTE);
    const { west, south, east, north } = found;
    return {
      region: found.region,
      west: nano(west),
      south: nano(south),
      east: nano(east),
      north: nano(north),
    };
  }

  async find(tx: Tx, sha256: string): Promise<MapFile | undefined> {
    const rows = await tx.query<MapFile>(
      `SELECT ${COLUMNS} FROM registry.map_file WHERE book = $1 AND sha256 = $2`,
      [tx.book, sha256],
    );
    return rows[0];
  }

  async insert(tx: Tx, file: Omit<MapFile, 'checkedTo' | 'pairsLeftOut'>): Promise<void> {
    await tx.query(
      `INSERT INTO registry.map_file (book, id, format, crs, sha256, features, positions, loaded_by, loaded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[tx.book, file.id, file.format, file.crs, file.sha256, file.features, file.positions],
        ...[file.loadedBy, file.loadedAt],
      ],
    );
  }

  /** The file, held until the transaction ends: two workers that compare it take turns. */
  async lock(tx: Tx, id: string): Promise<MapFile | undefined> {
    const rows = await tx.query<MapFile>(
      `SELECT ${COLUMNS} FROM registry.map_file WHERE book = $1 AND id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows[0];
  }

  async advance(tx: Tx, id: string, checkedTo: number, leftOut: number): Promise<void> {
    await tx.query(
      `UPDATE registry.map_file SET checked_to = $3, pairs_left_out = pairs_left_out + $4
        WHERE book = $1 AND id = $2`,
      [tx.book, id, checkedTo, leftOut],
    );
  }

  /** The latest files of a book, newest first. */
  latest(book: number, count: number): Promise<MapFile[]> {
    return this.database.query<MapFile>(
      `SELECT ${COLUMNS} FROM registry.map_file WHERE book = $1 ORDER BY loaded_at DESC, id LIMIT $2`,
      [book, count],
    );
  }
}
