import { ok, refuse, type Result } from '@app/kernel';
import { mapProblem, type MapProblem } from './map-error';

/** By what a feature is matched to its parcel: the parcel's code (小班编号), or the number of its patch on the survey map (图斑号). */
export const MAP_KEYS = ['code', 'patch'] as const;
export type MapKey = (typeof MAP_KEYS)[number];

/** Names that the field has in files as they come, DBF's ten characters among them. Case does not matter. */
const USUAL: Readonly<Record<MapKey, readonly string[]>> = {
  code: ['parcel_code', 'PARCEL_COD', 'XBBH', '小班编号', '小班号', 'XBH', 'XIAO_BAN'],
  patch: ['map_patch_no', 'MAP_PATCH_', 'patch_no', 'TBBH', '图斑编号', '图斑号', 'TBH', 'TU_BAN'],
};
const SHOWN_MAX = 40;

export interface KeyWanted {
  readonly key: MapKey;
  /** The field's name, when it is none of the usual ones. */
  readonly field?: string;
}

/** Which of a file's fields names the parcels. */
export function keyFieldOf(fields: readonly string[], { key, field }: KeyWanted): Result<string, MapProblem> {
  const wanted = field === undefined ? USUAL[key] : [field];
  for (const name of wanted) {
    const found = fields.find((known) => known.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return ok(found);
  }
  const there = fields.slice(0, SHOWN_MAX).map((name) => name.slice(0, SHOWN_MAX));
  return refuse(
    mapProblem(
      'FIELD_MISSING',
      `字段 ${wanted.join('、')} 之一，或用参数 field 指明；文件中有：${there.join('、') || '无'}`,
      `one of the fields ${wanted.join(', ')}, or its name as field; the file has: ${there.join(', ') || 'none'}`,
    ),
  );
}
