import type { Crs } from './crs.rules';
import type { MapProblem } from './map-error';

/** A ring as the file has it: x and y by turns, the first position repeated at the end. */
export interface RawRing {
  readonly points: Float64Array;
  /** What the format says it is; a shapefile leaves that to the direction it runs in. */
  readonly role?: 'outer' | 'hole';
}

export interface RawFeature {
  /** As the file counts, from 1. */
  readonly feature: number;
  /** What stands in the field that names the parcel. */
  readonly name: string | null;
  readonly rings: readonly RawRing[];
  /** What is wrong with it already; then it has no rings. */
  readonly fault?: MapProblem;
}

export const MAP_FORMATS = ['geojson', 'shp'] as const;
export type MapFormat = (typeof MAP_FORMATS)[number];

/** What a reader found, of whatever format. */
export interface MapFeatures {
  readonly format: MapFormat;
  readonly crs: Crs;
  /** The field that names the parcels. */
  readonly field: string;
  /** GeoJSON has outer rings run counter-clockwise, shapefiles clockwise. */
  readonly outerIsClockwise: boolean;
  readonly features: readonly RawFeature[];
}

/** A town of tens of thousands of parcels fits; a whole county comes in several files. */
export const FEATURES_MAX = 100_000;
export const POSITIONS_MAX = 4_000_000;
export const FEATURE_POSITIONS_MAX = 10_000;
export const FEATURE_RINGS_MAX = 200;
