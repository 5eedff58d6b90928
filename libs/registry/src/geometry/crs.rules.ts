import proj4 from 'proj4';

import { ok, refuse, type Result } from '@app/kernel';
import { mapProblem, type MapProblem } from './map-error';

/** A coordinate system that a file may be in. */
export interface Crs {
  readonly name: string;
  readonly isGeographic: boolean;
  /** Degrees of CGCS2000. Easting or longitude first. */
  readonly toLonLat: (x: number, y: number) => readonly [number, number];
}

/** WGS 84 and CGCS2000 differ by centimetres, which is less than a parcel's border is known to. */
const GEOGRAPHIC = new Map([
  [4490, 'CGCS2000'],
  [4326, 'WGS 84'],
]);

/** EPSG numbers of Gauss–Krüger zones on CGCS2000: the first and last, the first zone's meridian, and their step. */
const ZONES = [
  { first: 4491, last: 4501, meridian: 75, step: 6, zone: 13 },
  { first: 4502, last: 4512, meridian: 75, step: 6 },
  { first: 4513, last: 4533, meridian: 75, step: 3, zone: 25 },
  { first: 4534, last: 4554, meridian: 75, step: 3 },
] as const;

const geographic = (name: string): Crs => ({ name, isGeographic: true, toLonLat: (x, y) => [x, y] });

export const LON_LAT = geographic('WGS 84');

interface GaussKrueger {
  readonly name: string;
  readonly meridian: number;
  readonly falseEasting: number;
  readonly falseNorthing?: number;
  readonly scale?: number;
}

const DEGREES = 180 / Math.PI;

function gaussKrueger({ name, meridian, falseEasting, falseNorthing = 0, scale = 1 }: GaussKrueger): Crs {
  // The ellipsoid of CGCS2000 is that of GRS 80 to the tenth of a millimetre.
  const plane = `+proj=etmerc +lat_0=0 +lon_0=${meridian} +k=${scale} +x_0=${falseEasting} +y_0=${falseNorthing}`;
  const projection = proj4.Proj(`${plane} +ellps=GRS80 +units=m +no_defs`);
  return {
    name,
    isGeographic: false,
    toLonLat: (x, y) => {
      const { x: lon, y: lat } = projection.inverse({ x, y });
      return [lon * DEGREES, lat * DEGREES];
    },
  };
}

/** The system with an EPSG number, when it is one of CGCS2000 (4490–4554) or WGS 84 (4326). */
export function crsOfEpsg(epsg: number): Crs | undefined {
  const name = GEOGRAPHIC.get(epsg);
  if (name) return geographic(name);
  const zones = ZONES.find(({ first, last }) => epsg >= first && epsg <= last);
  if (!zones) return undefined;
  const index = epsg - zones.first;
  const zone = 'zone' in zones ? zones.zone + index : 0;
  const meridian = zones.meridian + index * zones.step;
  return gaussKrueger({ name: `EPSG:${epsg}`, meridian, falseEasting: zone * 1_000_000 + 500_000 });
}

/** The system that a GeoJSON file names: `urn:ogc:def:crs:EPSG::4523`, `EPSG:4523`, or CRS84. */
export function crsOfName(name: string): Result<Crs, MapProblem> {
  if (/^(urn:ogc:def:crs:)?OGC:[\d.]*:?CRS84$/i.test(name)) return ok(LON_LAT);
  const epsg = /^(?:urn:ogc:def:crs:)?EPSG:[\d.]*:?(\d{4,6})$/i.exec(name)?.[1];
  const crs = epsg === undefined ? undefined : crsOfEpsg(Number(epsg));
  return crs ? ok(crs) : refuse(UNKNOWN);
}

const PRJ_CHARACTERS_MAX = 8_192;
const CGCS2000 = /CGCS_?2000|China_2000|China_Geodetic_Coordinate_System_2000/i;
const WGS84 = /WGS_?(19)?84/i;

/** The system of a .prj file: well-known text as ArcGIS, QGIS and GDAL write it. */
export function crsOfPrj(text: string): Result<Crs, MapProblem> {
  const prj = text.trim().slice(0, PRJ_CHARACTERS_MAX);
  if (prj === '') return refuse(CRS_MISSING);
  const datum = /DATUM\[\s*"([^"]{1,100})"/i.exec(prj)?.[1] ?? '';
  const isChina = CGCS2000.test(datum);
  if (!isChina && !WGS84.test(datum)) return refuse(UNKNOWN);
  if (/^GEOGCS\[/i.test(prj)) return ok(geographic(isChina ? 'CGCS2000' : 'WGS 84'));
  const zone = zoneOf(prj);
  return zone ? ok(gaussKrueger(zone)) : refuse(UNKNOWN);
}

/** The zone that the text of a projected system tells of: metres from the equator and from a meridian. */
function zoneOf(prj: string): GaussKrueger | undefined {
  const name = /^PROJCS\[\s*"([^"]{1,100})"/i.exec(prj)?.[1];
  const isZone = /PROJECTION\[\s*"(Gauss_Kruger|Transverse_Mercator)"/i.test(prj);
  const isInMetres = /UNIT\[\s*"met(?:re|er)"\s*,\s*1(?:\.0+)?\s*[\],]/i.test(prj);
  if (name === undefined || !isZone || !isInMetres) return undefined;
  const parameter = (wanted: string, usual: number): number => {
    const found = new RegExp(`PARAMETER\\[\\s*"${wanted}"\\s*,\\s*(-?[\\d.]+(?:e[+-]?\\d+)?)`, 'i').exec(prj);
    return found ? Number(found[1]) : usual;
  };
  if (parameter('latitude_of_origin', 0) !== 0) return undefined;
  const zone = {
    meridian: parameter('central_meridian', NaN),
    falseEasting: parameter('false_easting', NaN),
    falseNorthing: parameter('false_northing', 0),
    scale: parameter('scale_factor', 1),
  };
  return Object.values(zone).every(Number.isFinite) ? { name, ...zone } : undefined;
}

export const CRS_MISSING = mapProblem(
  'CRS_MISSING',
  '压缩包中与 .shp 同名的 .prj 文件，内容为 CGCS2000 经纬度（EPSG:4490）或高斯-克吕格 3 度、6 度带',
  'a .prj file beside the .shp with CGCS2000 degrees (EPSG:4490) or a Gauss–Krüger zone of 3 or 6 degrees',
);
const UNKNOWN = mapProblem(
  'CRS_UNKNOWN',
  'CGCS2000 经纬度（EPSG:4490）、WGS 84（EPSG:4326）或 CGCS2000 高斯-克吕格带（EPSG:4491–4554）；西安 80、北京 54 坐标先转换为 CGCS2000',
  'CGCS2000 (EPSG:4490), WGS 84 (EPSG:4326) or a Gauss–Krüger zone on CGCS2000 (EPSG:4491–4554); transform Xi’an 80 and Beijing 54 first',
);
