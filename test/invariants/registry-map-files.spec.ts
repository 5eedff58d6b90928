import { dbf, geoJson, shp, zip } from '../support/map-bytes';
import { CODES, DEGREES, MapBook, plot } from './map-book';

describe('a map file that is not what it seems', () => {
  let maps: MapBook;

  beforeAll(async () => {
    maps = await MapBook.open();
  });
  afterAll(() => maps.home.close());

  const layer = [plot(0)];
  const members = (over: Record<string, Buffer | string> = {}) => ({
    'a.shp': shp(layer),
    'a.dbf': dbf(Buffer.from('XBBH'), [Buffer.from(CODES[0]!)]),
    'a.prj': DEGREES,
    ...over,
  });
  const without = (name: string) =>
    zip(Object.fromEntries(Object.entries(members()).filter(([member]) => member !== name)));

  it.each<[string, () => string | Buffer, string]>([
    ['nothing', () => '', 'FILE_EMPTY'],
    ['half of a JSON', () => geoJson(layer).slice(0, -9), 'JSON_MALFORMED'],
    ['NaN in JSON', () => geoJson(layer).replace('32.5', 'NaN'), 'JSON_MALFORMED'],
    [
      'GB18030',
      () => Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xb2, 0xe2]), Buffer.from('"}')]),
      'FILE_NOT_UTF8',
    ],
    ['a JSON of something else', () => '{"type":"Topology"}', 'GEOJSON_MALFORMED'],
    ['no feature', () => '{"type":"FeatureCollection","features":[]}', 'FILE_EMPTY'],
    [
      'five million brackets',
      () => `{"type":"FeatureCollection","features":[${'['.repeat(5_000_000)}`,
      'POSITIONS_TOO_MANY',
    ],
    ['an unknown system', () => geoJson(layer, { crs: 'EPSG:2334' }), 'CRS_UNKNOWN'],
    ['another field', () => geoJson(layer, { field: 'id' }), 'FIELD_MISSING'],
    ['half of a zip', () => zip(members()).subarray(0, 300), 'ZIP_DAMAGED'],
    ['a zip of something else', () => zip({ 'a.txt': 'hello' }), 'LAYER_MISSING'],
    ['no .dbf', () => without('a.dbf'), 'LAYER_MISSING'],
    ['no .prj', () => without('a.prj'), 'CRS_MISSING'],
    ['two layers', () => zip(members({ 'b.shp': shp(layer) })), 'LAYER_SEVERAL'],
    [
      'a bomb that tells its size',
      () => zip(members({ 'a.dbf': Buffer.alloc(150_000_000) })),
      'ZIP_TOO_LARGE',
    ],
    [
      'a bomb that does not',
      () => zip(members({ 'a.dbf': Buffer.alloc(50_000_000) }), (bytes) => (bytes > 1e6 ? 90 : bytes)),
      'ZIP_DAMAGED',
    ],
    [
      'a record beyond its file',
      () => zip(members({ 'a.shp': shp(layer, (bytes) => bytes * 2) })),
      'SHP_DAMAGED',
    ],
    ['a record of no length', () => zip(members({ 'a.shp': shp(layer, () => 0) })), 'SHP_DAMAGED'],
    [
      'a record shorter than its points',
      () => zip(members({ 'a.shp': shp(layer, () => 60) })),
      'SHP_DAMAGED',
    ],
    [
      'more rows than it has',
      () => zip(members({ 'a.dbf': dbf(Buffer.from('XBBH'), [Buffer.from('a')], 90) })),
      'DBF_DAMAGED',
    ],
    [
      'fewer rows than shapes',
      () => zip(members({ 'a.dbf': dbf(Buffer.from('XBBH'), []) })),
      'DBF_ROWS_DIFFER',
    ],
    ['an unknown encoding', () => zip(members({ 'a.cpg': 'EBCDIC' })), 'ENCODING_UNKNOWN'],
  ])('%s is told by name', async (_what, bytes, code) => {
    expect(await maps.faults(bytes())).toEqual([[null, null, code]]);
  });

  it.each([
    ['a geodatabase', () => zip({ 'data.gdb/a00000001.gdbtable': 'x' }), /ogr2ogr.*gdb/],
    ['KML', () => '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"></kml>', /KML.*GeoJSON/],
    ['a drawing', () => 'AC1027', /CAD.*polygons/],
    ['a .shp alone', () => shp(layer), /one zip/],
    ['a GeoPackage', () => 'SQLite format 3', /GeoPackage/],
    ['RAR', () => 'Rar!', /zip/],
  ])('%s is refused with the way to a format that is read', async (_what, bytes, way) => {
    const result = await maps.load(bytes());
    expect(result).toMatchObject({ ok: false, reason: { code: 'MAP_REFUSED', total: 1 } });
    if (result.ok || result.reason.code !== 'MAP_REFUSED') return;
    expect(result.reason.errors[0]).toMatchObject({ code: 'FORMAT_NOT_READ' });
    expect(result.reason.errors[0]!.expected.en).toMatch(way);
    expect(result.reason.errors[0]!.expected.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});
