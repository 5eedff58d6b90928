import { ok, refuse, type Result } from '@app/kernel';
import { crsOfName, LON_LAT, type Crs } from './crs.rules';
import { keyFieldOf, type KeyWanted } from './key-field.rules';
import { mapProblem, type MapProblem } from './map-error';
import { FEATURES_MAX, POSITIONS_MAX, type MapFeatures, type RawFeature, type RawRing } from './map-features';

type Json = Readonly<Record<string, unknown>>;

/** Reads a GeoJSON FeatureCollection (RFC 7946) of polygons, with the `crs` member of its forerunner if there is one. */
export function readGeoJson(bytes: Buffer, wanted: KeyWanted): Result<MapFeatures, MapProblem> {
  // Counted before it is parsed: brackets are what makes objects of a text, and memory of objects.
  if (count(bytes, '[') > POSITIONS_MAX + 8 * FEATURES_MAX) return refuse(POSITIONS_TOO_MANY);
  if (count(bytes, '{') > 8 * FEATURES_MAX) return refuse(FEATURES_TOO_MANY);
  const parsed = parse(bytes);
  if (!parsed.ok) return parsed;
  const collection = parsed.value;
  if (!isJson(collection) || collection.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    return refuse(MALFORMED);
  }
  const features = collection.features as readonly unknown[];
  if (features.length === 0) return refuse(EMPTY);
  if (features.length > FEATURES_MAX) return refuse(FEATURES_TOO_MANY);
  const crs = crsOf(collection.crs);
  if (!crs.ok) return crs;
  const field = keyFieldOf(fieldsOf(features), wanted);
  if (!field.ok) return field;
  return ok({
    ...{ format: 'geojson', crs: crs.value, field: field.value, outerIsClockwise: false },
    features: features.map((feature, index) => readFeature(feature, index + 1, field.value)),
  });
}

function count(bytes: Buffer, mark: string): number {
  const code = mark.charCodeAt(0);
  let found = 0;
  for (let at = bytes.indexOf(code); at >= 0; at = bytes.indexOf(code, at + 1)) found += 1;
  return found;
}

function parse(bytes: Buffer): Result<unknown, MapProblem> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(NOT_UTF8);
  }
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return refuse(NOT_JSON);
  }
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function crsOf(member: unknown): Result<Crs, MapProblem> {
  if (member === undefined || member === null) return ok(LON_LAT);
  const name = isJson(member) && isJson(member.properties) ? member.properties.name : undefined;
  return crsOfName(typeof name === 'string' ? name : '');
}

const FIELDS_MAX = 500;

/** The names of the properties, of however many kinds of features. */
function fieldsOf(features: readonly unknown[]): string[] {
  const names = new Set<string>();
  for (const feature of features) {
    if (!isJson(feature) || !isJson(feature.properties)) continue;
    for (const name of Object.keys(feature.properties)) if (names.size < FIELDS_MAX) names.add(name);
  }
  return [...names];
}

function readFeature(value: unknown, feature: number, field: string): RawFeature {
  if (!isJson(value) || value.type !== 'Feature')
    return { feature, name: null, rings: [], fault: NOT_FEATURE };
  const named =
    isJson(value.properties) && Object.hasOwn(value.properties, field) ? value.properties[field] : null;
  const name = typeof named === 'string' || typeof named === 'number' ? String(named).trim() : null;
  if (value.geometry === null || value.geometry === undefined) {
    return { feature, name, rings: [], fault: GEOMETRY_MISSING };
  }
  const rings = isJson(value.geometry) ? ringsOf(value.geometry) : undefined;
  if (rings === 'wrong kind') return { feature, name, rings: [], fault: KIND_WRONG };
  if (rings === undefined) return { feature, name, rings: [], fault: GEOMETRY_MALFORMED };
  return rings.length === 0 ? { feature, name, rings, fault: GEOMETRY_MISSING } : { feature, name, rings };
}

function ringsOf({ type, coordinates }: Json): RawRing[] | 'wrong kind' | undefined {
  if (type !== 'Polygon' && type !== 'MultiPolygon') return 'wrong kind';
  const polygons: unknown = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(polygons)) return undefined;
  const rings: RawRing[] = [];
  for (const polygon of polygons as unknown[]) {
    if (!Array.isArray(polygon)) return undefined;
    for (const [index, ring] of (polygon as unknown[]).entries()) {
      const points = pointsOf(ring);
      if (!points) return undefined;
      rings.push({ points, role: index === 0 ? 'outer' : 'hole' });
    }
  }
  return rings;
}

/** A height after longitude and latitude is left out. What is no number becomes NaN, which is named later. */
function pointsOf(ring: unknown): Float64Array | undefined {
  if (!Array.isArray(ring)) return undefined;
  const points = new Float64Array(2 * ring.length);
  for (const [index, position] of (ring as unknown[]).entries()) {
    if (!Array.isArray(position) || position.length < 2 || position.length > 4) return undefined;
    const [x, y] = position as unknown[];
    points[2 * index] = typeof x === 'number' ? x : NaN;
    points[2 * index + 1] = typeof y === 'number' ? y : NaN;
  }
  return points;
}

const EMPTY = mapProblem('FILE_EMPTY', '至少一个图形', 'at least one feature');
const MALFORMED = mapProblem(
  'GEOJSON_MALFORMED',
  '类型为 FeatureCollection 的 GeoJSON，含 features 数组',
  'a GeoJSON FeatureCollection with an array of features',
);
const NOT_JSON = mapProblem(
  'JSON_MALFORMED',
  '完整的 JSON；坐标中不能有 NaN、Infinity',
  'whole JSON, without NaN or Infinity among its numbers',
);
const NOT_UTF8 = mapProblem('FILE_NOT_UTF8', 'UTF-8 编码的 GeoJSON', 'GeoJSON in UTF-8');
const NOT_FEATURE = mapProblem('FEATURE_MALFORMED', '类型为 Feature 的对象', 'an object of type Feature');
const GEOMETRY_MISSING = mapProblem('GEOMETRY_MISSING', '小班的边界', 'the outline of a parcel');
const KIND_WRONG = mapProblem(
  'GEOMETRY_KIND_WRONG',
  '面（Polygon 或 MultiPolygon）',
  'a Polygon or MultiPolygon',
);
const GEOMETRY_MALFORMED = mapProblem(
  'FEATURE_MALFORMED',
  '坐标为 [[[经度, 纬度], …], …] 的数组',
  'coordinates as arrays: [[[longitude, latitude], …], …]',
);
export const POSITIONS_TOO_MANY = mapProblem(
  'POSITIONS_TOO_MANY',
  `一个文件不超过 ${POSITIONS_MAX} 个点，请按乡镇拆分`,
  `at most ${POSITIONS_MAX} positions in a file; split it by town`,
);
export const FEATURES_TOO_MANY = mapProblem(
  'FEATURES_TOO_MANY',
  `一个文件不超过 ${FEATURES_MAX} 个图形，请按乡镇拆分`,
  `at most ${FEATURES_MAX} features in a file; split it by town`,
);
