import { ok, refuse, type Result } from '@app/kernel';
import { CRS_MISSING, crsOfPrj } from './crs.rules';
import { readDbfColumn } from './dbf-file';
import { FEATURES_TOO_MANY, POSITIONS_TOO_MANY } from './geojson-file';
import type { KeyWanted } from './key-field.rules';
import { mapProblem, type MapProblem } from './map-error';
import { FEATURES_MAX, POSITIONS_MAX, type MapFeatures, type RawFeature, type RawRing } from './map-features';
import { formatInZip, formatNotRead } from './map-format.rules';
import { readZip, type ZipMember } from './zip-file';

const LARGE = 128 * 1024 * 1024;
const SMALL = 64 * 1024;
const SIZES: Readonly<Record<string, number>> = {
  '.shp': LARGE,
  '.dbf': LARGE,
  '.prj': SMALL,
  '.cpg': SMALL,
};

const endOf = (name: string): string => name.slice(name.lastIndexOf('.')).toLowerCase();
const stemOf = (name: string): string => name.slice(0, name.lastIndexOf('.')).toLowerCase();
/** What macOS packs beside every file. */
const isShadow = (name: string): boolean => /(^|\/)(__MACOSX\/|\._)/.test(name);

/** Reads a zip with one layer: .shp, .dbf and .prj of one name, and perhaps .cpg. */
export async function readShapefile(
  bytes: Buffer,
  wanted: KeyWanted,
): Promise<Result<MapFeatures, MapProblem>> {
  const zip = await readZip(bytes, (name) => (isShadow(name) ? undefined : SIZES[endOf(name)]));
  if (!zip.ok) return zip;
  const { names, members } = zip.value;
  const layers = members.filter(({ name }) => endOf(name) === '.shp');
  const [layer] = layers;
  if (!layer) return refuse(unread(names) ?? LAYER_MISSING);
  if (layers.length > 1) return refuse(LAYER_SEVERAL);
  const beside = (end: string): ZipMember | undefined =>
    members.find(
      ({ name }) => name !== layer.name && stemOf(name) === stemOf(layer.name) && endOf(name) === end,
    );
  const [dbf, prj] = [beside('.dbf'), beside('.prj')];
  if (!dbf) return refuse(LAYER_MISSING);
  if (!prj) return refuse(CRS_MISSING);
  const crs = crsOfPrj(prj.bytes.toString('utf8'));
  if (!crs.ok) return crs;
  const column = readDbfColumn(dbf.bytes, { ...wanted, cpg: beside('.cpg')?.bytes.toString('latin1') });
  if (!column.ok) return column;
  const { field, values } = column.value;
  const shapes = readShapes(layer.bytes);
  if (!shapes.ok) return shapes;
  if (shapes.value.length !== values.length) return refuse(rowsDiffer(shapes.value.length, values.length));
  const features = shapes.value.map((shape, index): RawFeature => {
    const name = values[index] ?? null;
    return name === null ? { feature: index + 1, name, rings: [], fault: DELETED } : { ...shape, name };
  });
  return ok({ format: 'shp', crs: crs.value, field, outerIsClockwise: true, features });
}

function unread(names: readonly string[]): MapProblem | undefined {
  const format = formatInZip(names);
  return format && formatNotRead(format);
}

const FILE_HEADER_BYTES = 100;
const RECORD_HEADER_BYTES = 8;
const FILE_CODE = 9994;
const NULL_SHAPE = 0;
/** Polygon, and Polygon with heights or measures, which are left out. */
const POLYGONS = new Set([5, 15, 25]);

/** The records in their order. What a record says of its length is held against the bytes there are. */
function readShapes(bytes: Buffer): Result<RawFeature[], MapProblem> {
  if (bytes.length < FILE_HEADER_BYTES || bytes.readInt32BE(0) !== FILE_CODE) return refuse(DAMAGED);
  const features: RawFeature[] = [];
  let positions = 0;
  for (let at = FILE_HEADER_BYTES; at < bytes.length;) {
    if (at + RECORD_HEADER_BYTES + 4 > bytes.length) return refuse(DAMAGED);
    const length = 2 * bytes.readInt32BE(at + 4);
    const end = at + RECORD_HEADER_BYTES + length;
    if (length < 4 || end > bytes.length) return refuse(DAMAGED);
    if (features.length >= FEATURES_MAX) return refuse(FEATURES_TOO_MANY);
    const feature = readRecord(bytes.subarray(at + RECORD_HEADER_BYTES, end), features.length + 1);
    positions += feature.rings.reduce((sum, { points }) => sum + points.length / 2, 0);
    if (positions > POSITIONS_MAX) return refuse(POSITIONS_TOO_MANY);
    features.push(feature);
    at = end;
  }
  return features.length > 0 ? ok(features) : refuse(EMPTY);
}

const PARTS_AT = 44;
const POSITION_BYTES = 16;

function readRecord(record: Buffer, feature: number): RawFeature {
  const refused = (fault: MapProblem): RawFeature => ({ feature, name: null, rings: [], fault });
  const kind = record.readInt32LE(0);
  if (kind === NULL_SHAPE) return refused(GEOMETRY_MISSING);
  if (!POLYGONS.has(kind)) return refused(KIND_WRONG);
  if (record.length < PARTS_AT) return refused(RECORD_DAMAGED);
  const [parts, points] = [record.readInt32LE(36), record.readInt32LE(40)];
  const pointsAt = PARTS_AT + 4 * parts;
  if (parts < 1 || points < parts || pointsAt + POSITION_BYTES * points > record.length)
    return refused(RECORD_DAMAGED);
  const starts = Array.from({ length: parts }, (_none, part) => record.readInt32LE(PARTS_AT + 4 * part));
  const isInOrder = starts.every(
    (start, part) => start < (starts[part + 1] ?? points) && (part > 0 || start === 0),
  );
  if (!isInOrder) return refused(RECORD_DAMAGED);
  const rings = starts.map((start, part): RawRing => {
    const ring = new Float64Array(2 * ((starts[part + 1] ?? points) - start));
    for (let at = 0; at < ring.length; at += 1)
      ring[at] = record.readDoubleLE(pointsAt + POSITION_BYTES * start + 8 * at);
    return { points: ring };
  });
  return { feature, name: null, rings };
}

const EMPTY = mapProblem('FILE_EMPTY', '至少一个图形', 'at least one feature');
const LAYER_MISSING = mapProblem(
  'LAYER_MISSING',
  'zip 中同名的 .shp、.dbf、.prj（和 .cpg）',
  '.shp, .dbf, .prj (and .cpg) of one name in the zip',
);
const LAYER_SEVERAL = mapProblem('LAYER_SEVERAL', '一个 zip 只含一个 .shp 图层', 'one .shp layer in a zip');
const DAMAGED = mapProblem(
  'SHP_DAMAGED',
  '完整的 .shp：各记录的长度须与文件相符；请重新导出',
  'a whole .shp whose records tell their true lengths; export it again',
);
const RECORD_DAMAGED = mapProblem(
  'FEATURE_MALFORMED',
  '部件与点数相符的面；请在 ArcGIS 中用“修复几何”',
  'a polygon whose parts and points are as many as it says; use Repair Geometry in ArcGIS',
);
const DELETED = mapProblem(
  'FEATURE_MALFORMED',
  '未标记删除的属性行；请重新导出 Shapefile',
  'a row that is not marked as deleted; export the shapefile again',
);
const GEOMETRY_MISSING = mapProblem('GEOMETRY_MISSING', '小班的边界', 'the outline of a parcel');
const KIND_WRONG = mapProblem('GEOMETRY_KIND_WRONG', '面图层', 'a layer of polygons');
const rowsDiffer = (shapes: number, rows: number): MapProblem =>
  mapProblem(
    'DBF_ROWS_DIFFER',
    `.shp 有 ${shapes} 个图形，.dbf 有 ${rows} 行，两者须一一对应`,
    `as many rows in .dbf (${rows}) as shapes in .shp (${shapes})`,
  );
