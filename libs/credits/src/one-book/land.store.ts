import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { LandCell, LandMove, LandStatus } from './land.rules';
import type { SpeciesVolume } from './stock.rules';
import { ofRegion } from './region-filter';

/** A place in a book. */
export interface Place {
  readonly book: number;
  /** Region code; longer codes lie in it. */
  readonly region: string;
}

type CellRow = Omit<LandCell, 'parcels' | 'areaMu100'> & {
  readonly parcels: string;
  readonly areaMu100: string;
};
type MoveRow = Omit<LandMove, 'parcelsIn' | 'parcelsOut' | 'inMu100' | 'outMu100'> &
  Readonly<Record<'parcelsIn' | 'parcelsOut' | 'inMu100' | 'outMu100', string>>;

const KEY = `l.forest_class AS "forestClass", l.age_group AS "ageGroup", l.origin, l.status`;

/** Land by the day it was recorded on, from the sums that triggers keep. */
@Injectable()
export class LandStore {
  constructor(private readonly database: Database) {}

  /** As the book stood at the end of the day. */
  async on({ book, region }: Place, day: Day): Promise<LandCell[]> {
    const rows = await this.database.query<CellRow>(
      `SELECT ${KEY}, l.registered, sum(l.parcels_in - l.parcels_out)::text AS parcels,
              sum(l.area_in_mu100 - l.area_out_mu100)::text AS "areaMu100"
         FROM credits.land_change l WHERE ${ofRegion('l', region)} AND l.day <= $3::date
        GROUP BY 1, 2, 3, 4, 5
       HAVING sum(l.parcels_in - l.parcels_out) <> 0 OR sum(l.area_in_mu100 - l.area_out_mu100) <> 0
        ORDER BY 1, 2, 3, 4, 5`,
      [book, region, day],
    );
    return rows.map(({ parcels, areaMu100, ...row }) => ({
      ...row,
      parcels: Number(parcels),
      areaMu100: BigInt(areaMu100),
    }));
  }

  /** What was recorded after the one day, up to the end of the other. */
  async between({ book, region }: Place, from: Day, to: Day): Promise<LandMove[]> {
    const rows = await this.database.query<MoveRow>(
      `SELECT ${KEY}, l.cause, sum(l.parcels_in)::text AS "parcelsIn", sum(l.parcels_out)::text AS "parcelsOut",
              sum(l.area_in_mu100)::text AS "inMu100", sum(l.area_out_mu100)::text AS "outMu100"
         FROM credits.land_change l
        WHERE ${ofRegion('l', region)} AND l.day > $3::date AND l.day <= $4::date
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
      [book, region, from, to],
    );
    return rows.map(({ parcelsIn, parcelsOut, inMu100, outMu100, ...row }) => ({
      ...row,
      ...{ parcelsIn: Number(parcelsIn), parcelsOut: Number(parcelsOut) },
      ...{ inMu100: BigInt(inMu100), outMu100: BigInt(outMu100) },
    }));
  }

  /** Hundredths of a mu that may be paid for on the day, by class. */
  async payable({ book, region }: Place, day: Day): Promise<ReadonlyMap<string, bigint>> {
    const rows = await this.database.query<{ forest_class: string; area: string }>(
      `SELECT l.forest_class, sum(l.area_mu100)::text AS area FROM credits.payable_change l
        WHERE ${ofRegion('l', region)} AND l.day <= $3::date GROUP BY 1`,
      [book, region, day],
    );
    return new Map(rows.map(({ forest_class, area }) => [forest_class, BigInt(area)]));
  }

  /** Land of known volume and species that stands on the day. */
  async volumes({ book, region }: Place, day: Day): Promise<SpeciesVolume[]> {
    const rows = await this.database.query<
      Omit<SpeciesVolume, 'areaMu100' | 'volumeDm3'> & { area: string; volume: string }
    >(
      `SELECT l.forest_class AS "forestClass", l.age_group AS "ageGroup", l.origin, l.species,
              sum(l.area_mu100)::text AS area, sum(l.volume_dm3)::text AS volume
         FROM credits.volume_change l WHERE ${ofRegion('l', region)} AND l.day <= $3::date
        GROUP BY 1, 2, 3, 4 HAVING sum(l.area_mu100) <> 0 ORDER BY 1, 2, 3, 4`,
      [book, region, day],
    );
    return rows.map(({ area, volume, ...row }) => ({
      ...row,
      areaMu100: BigInt(area),
      volumeDm3: BigInt(volume),
    }));
  }

  /** The parts of a place, of so many digits, as the book stood at the end of the day. */
  async parts(
    { book, region }: Place,
    digits: number,
    day: Day,
  ): Promise<
    { region: string; forestClass: string; status: LandStatus; parcels: number; areaMu100: bigint }[]
  > {
    const rows = await this.database.query<{
      region: string;
      forestClass: string;
      status: LandStatus;
      parcels: string;
      area: string;
    }>(
      `SELECT l.region, l.forest_class AS "forestClass", l.status, sum(l.parcels_in - l.parcels_out)::text AS parcels,
              sum(l.area_in_mu100 - l.area_out_mu100)::text AS area
         FROM credits.land_change l
        WHERE l.book = $1 AND l.region >= $2 AND l.region < $2 || ':' AND length(l.region) = $4 AND l.day <= $3::date
        GROUP BY 1, 2, 3 HAVING sum(l.area_in_mu100 - l.area_out_mu100) <> 0 ORDER BY 1, 2, 3`,
      [book, region, day, digits],
    );
    return rows.map(({ parcels, area, ...row }) => ({
      ...row,
      parcels: Number(parcels),
      areaMu100: BigInt(area),
    }));
  }
}
