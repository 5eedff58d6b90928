import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the land of a region lies, so that a wrong zone or swapped axes are told before a map is loaded. */
export class MapFrames1763700000526 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE registry.map_frame (
        region text COLLATE "C" PRIMARY KEY,
        -- Minutes of arc.
        west   int NOT NULL,
        south  int NOT NULL,
        east   int NOT NULL,
        north  int NOT NULL,
        source text NOT NULL CHECK (source <> ''),
        CONSTRAINT frame_is_a_box CHECK (west < east AND south < north)
      );
      GRANT SELECT ON registry.map_frame TO tanhui_app, tanhui_auditor`);
    for (const [region, west, south, east, north] of FRAMES) {
      await q.query(`INSERT INTO registry.map_frame VALUES ($1, $2, $3, $4, $5, $6)`, [
        ...[region, west, south, east, north, SOURCE],
      ]);
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE registry.map_frame`);
  }
}

const SOURCE =
  'Extents that the county governments publish in their introductions, from memory and not looked up; rounded outwards to minutes of arc';

const at = (degrees: number, minutes: number): number => 60 * degrees + minutes;

/** Ankang and its counties: region, west, south, east, north. */
const FRAMES: readonly (readonly [string, number, number, number, number])[] = [
  ['6109', at(108, 0), at(31, 42), at(110, 12), at(33, 51)],
  ['610902', at(108, 30), at(32, 22), at(109, 23), at(33, 17)],
  ['610921', at(108, 11), at(32, 38), at(108, 44), at(33, 9)],
  ['610922', at(108, 0), at(32, 45), at(108, 29), at(33, 20)],
  ['610923', at(108, 2), at(33, 7), at(108, 56), at(33, 51)],
  ['610924', at(108, 6), at(32, 8), at(108, 43), at(32, 49)],
  ['610925', at(108, 39), at(31, 56), at(109, 11), at(32, 33)],
  ['610926', at(109, 0), at(31, 37), at(109, 34), at(32, 40)],
  ['610927', at(109, 11), at(31, 42), at(109, 39), at(32, 13)],
  ['610928', at(108, 58), at(32, 29), at(109, 48), at(33, 13)],
  ['610981', at(108, 58), at(32, 29), at(109, 48), at(33, 13)],
  ['610929', at(109, 37), at(32, 34), at(110, 11), at(32, 56)],
];
