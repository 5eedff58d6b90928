import type { Result } from '@app/kernel';
import type { JobOutcome } from '@app/platform';
import { CheckOverlaps, ImportMap, type LoadedMap, type MapCommand, type MapRefusal } from '@app/registry';
import type { TestFeature } from '../support/map-bytes';
import { COUNTY, household, OTHER_VILLAGE, parcel, RegistryBook, right } from './registry-book';

/** Ten parcels of 12.30 mu in one village and two in another; two parties share the first. */
export const CODES = Array.from({ length: 12 }, (_none, n) => `XB${String(n + 1).padStart(5, '0')}`);

/** About 90.5 m by 90.5 m in Ziyang: 12.3 mu. */
export const WIDE = 0.000_962_5;
const HIGH = 0.000_816;

/** A square parcel in a row of others, 0.002° from the next; `stretch` makes it wider. */
export const plot = (n: number, { stretch = 1, name = CODES[n]! } = {}): TestFeature => {
  const [west, south] = [108.4 + n * 0.002, 32.5];
  const [east, north] = [west + WIDE * stretch, south + HIGH];
  return {
    name,
    rings: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
};

export const DEGREES =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
export const PRJ = `PROJCS["CGCS2000_3_Degree_GK_CM_108E",${DEGREES},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",108.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;

/** A book with parcels, and map files loaded into it. */
export class MapBook {
  private constructor(readonly home: RegistryBook) {}

  static async open(): Promise<MapBook> {
    const home = await RegistryBook.open();
    const rows = CODES.map((_code, n) => parcel(n + 1, n < 10 ? {} : { village_code: OTHER_VILLAGE }));
    for (const [kind, given] of [
      ['parties', [household(1), household(2)]],
      ['parcels', rows],
      ['rights', [right(1, 1, { share_percent: '60' }), right(1, 2, { share_percent: '40' })]],
    ] as const) {
      const done = await home.import(kind, given);
      if (!done.ok) throw new Error(JSON.stringify(done.reason));
    }
    return new MapBook(home);
  }

  load(bytes: string | Buffer, given: Partial<MapCommand> = {}): Promise<Result<LoadedMap, MapRefusal>> {
    return this.home.module.get(ImportMap).execute(this.home.context('registry.import-map'), {
      ...{ bytes: Buffer.from(bytes), dryRun: false, bookRegion: COUNTY, regions: [COUNTY], key: 'code' },
      ...given,
    });
  }

  /** Loads what must be in order. */
  async loaded(bytes: string | Buffer, given: Partial<MapCommand> = {}): Promise<LoadedMap> {
    const result = await this.load(bytes, given);
    if (!result.ok) throw new Error(JSON.stringify(result.reason));
    return result.value;
  }

  /** What is wrong with a file: feature, name and code of each. */
  async faults(bytes: string | Buffer, given: Partial<MapCommand> = {}): Promise<unknown> {
    const result = await this.load(bytes, given);
    if (result.ok || result.reason.code !== 'MAP_REFUSED') return result;
    return result.reason.errors.map(({ feature, name, code }) => [feature, name, code]);
  }

  /** What the worker does after a file was loaded. */
  compare(file: string | null): Promise<JobOutcome> {
    return this.home.module.get(CheckOverlaps).execute({ book: this.home.book, payload: { file: file! } });
  }
}
