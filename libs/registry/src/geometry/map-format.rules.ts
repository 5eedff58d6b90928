import { mapProblem, type MapProblem } from './map-error';

/** Formats that people send and that are not read, with the way from each to one that is. */
interface Unread {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
}

const UNREAD = {
  gdb: {
    name: 'File Geodatabase (GDB)',
    zh: 'ArcGIS：右键要素类，“导出 › 要素转 Shapefile”；QGIS：“图层 › 另存为”，选 ESRI Shapefile 或 GeoJSON，坐标系 EPSG:4490；命令行：ogr2ogr -t_srs EPSG:4490 -lco ENCODING=UTF-8 parcels.shp 数据.gdb 图层名。再把 .shp .dbf .prj .cpg 一起压缩为 zip',
    en: 'in ArcGIS export the feature class to a shapefile; in QGIS save the layer as ESRI Shapefile or GeoJSON in EPSG:4490; or run ogr2ogr -t_srs EPSG:4490 -lco ENCODING=UTF-8 parcels.shp data.gdb layer. Then put .shp, .dbf, .prj and .cpg into one zip',
  },
  kml: {
    name: 'KML/KMZ',
    zh: 'QGIS：打开后“图层 › 另存为” GeoJSON；或命令行：ogr2ogr -f GeoJSON parcels.geojson 文件.kml。确认每个面带有小班编号字段',
    en: 'open it in QGIS and save the layer as GeoJSON, or run ogr2ogr -f GeoJSON parcels.geojson file.kml. See that every polygon has the parcel’s code in a field',
  },
  cad: {
    name: 'CAD (DWG/DXF)',
    zh: 'CAD 图没有小班编号字段和坐标系：在 ArcGIS 用“CAD 至地理数据库”或在 QGIS 导入，转为面、填写小班编号后导出 Shapefile',
    en: 'a drawing has neither a field for the code nor a coordinate system: import it into ArcGIS or QGIS, make polygons, fill in the codes, export a shapefile',
  },
  gpkg: {
    name: 'GeoPackage',
    zh: 'QGIS：“图层 › 另存为” ESRI Shapefile 或 GeoJSON；或命令行：ogr2ogr -f GeoJSON parcels.geojson 文件.gpkg',
    en: 'save the layer as ESRI Shapefile or GeoJSON in QGIS, or run ogr2ogr -f GeoJSON parcels.geojson file.gpkg',
  },
  shpAlone: {
    name: 'SHP without its companions',
    zh: '把同名的 .shp .dbf .prj（和 .cpg）一起压缩为一个 zip',
    en: 'put .shp, .dbf, .prj (and .cpg) of one name into one zip',
  },
  archive: { name: 'RAR/7z', zh: '解压后重新压缩为 zip', en: 'unpack it and pack it again as zip' },
  other: {
    name: '?',
    zh: 'GeoJSON，或含 .shp .dbf .prj 的 zip',
    en: 'GeoJSON, or a zip with .shp, .dbf and .prj',
  },
} as const satisfies Readonly<Record<string, Unread>>;
type UnreadFormat = keyof typeof UNREAD;

/** Why a format is not read, and how to make one that is. */
export function formatNotRead(format: UnreadFormat): MapProblem {
  const { name, zh, en } = UNREAD[format];
  return mapProblem('FORMAT_NOT_READ', `不读取 ${name}：${zh}`, `${name} is not read: ${en}`);
}

const HEAD_BYTES = 4_096;
const SHP_CODE = Buffer.from('0000270a', 'hex');

/** What the bytes are, by how they begin. */
export function formatOf(bytes: Buffer): 'geojson' | 'zip' | 'empty' | UnreadFormat {
  const head = bytes
    .toString('latin1', 0, HEAD_BYTES)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (head === '') return 'empty';
  if (head.startsWith('PK\u0003\u0004')) return 'zip';
  if (head.startsWith('{')) return 'geojson';
  if (bytes.subarray(0, 4).equals(SHP_CODE)) return 'shpAlone';
  if (/^AC10\d\d/.test(head) || /^0\s+SECTION/.test(head)) return 'cad';
  if (head.startsWith('SQLite format 3')) return 'gpkg';
  if (head.startsWith('Rar!') || head.startsWith('7z\u00bc\u00af')) return 'archive';
  if (head.startsWith('<') && /<kml[\s>]/i.test(head)) return 'kml';
  return 'other';
}

/** A format that is told by the names inside a zip. */
export function formatInZip(names: readonly string[]): UnreadFormat | undefined {
  if (names.some((name) => /\.gdbtabl[ex]$|\.gdb[/\\]/i.test(name))) return 'gdb';
  if (names.some((name) => /\.kml$/i.test(name))) return 'kml';
  if (names.some((name) => /\.(dwg|dxf)$/i.test(name))) return 'cad';
  return names.some((name) => /\.gpkg$/i.test(name)) ? 'gpkg' : undefined;
}
