import { refuse, type Result } from '@app/kernel';
import { readGeoJson } from './geojson-file';
import type { KeyWanted } from './key-field.rules';
import { mapProblem, type MapProblem } from './map-error';
import type { MapFeatures } from './map-features';
import { formatNotRead, formatOf } from './map-format.rules';
import { readShapefile } from './shp-file';

/** Reads a map file of a format that is known, or says how to make one of it. */
export async function readMap(bytes: Buffer, wanted: KeyWanted): Promise<Result<MapFeatures, MapProblem>> {
  const format = formatOf(bytes);
  switch (format) {
    case 'empty':
      return refuse(EMPTY);
    case 'geojson':
      return readGeoJson(bytes, wanted);
    case 'zip':
      return readShapefile(bytes, wanted);
    default:
      return refuse(formatNotRead(format));
  }
}

const EMPTY = mapProblem('FILE_EMPTY', '至少一个图形', 'at least one feature');
