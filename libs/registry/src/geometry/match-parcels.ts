import { holdsIdOrPhone } from '@app/kernel';
import { covers } from '@app/regions';
import type { JudgedShape } from './judge-map';
import type { MapKey } from './key-field.rules';
import { mapProblem, type MapErrors } from './map-error';
import type { MappedParcel } from './shape.store';

export interface MatchedShape extends JudgedShape {
  readonly parcel: MappedParcel;
}

export interface MatchTerms {
  readonly key: MapKey;
  /** Region codes whose land the loading person may enter. */
  readonly regions: readonly string[];
}

/** The names that are looked up: what is somebody's number is not. */
export const namesOf = (shapes: readonly JudgedShape[]): string[] => [
  ...new Set(shapes.flatMap(({ name }) => (name && !holdsIdOrPhone(name) ? [name] : []))),
];

/** Which parcel each shape is of. What cannot be told, or is not the caller's, is noted. */
export function matchParcels(
  shapes: readonly JudgedShape[],
  parcels: readonly MappedParcel[],
  { key, regions }: MatchTerms,
  errors: MapErrors,
): MatchedShape[] {
  const byName = new Map<string, MappedParcel[]>();
  for (const parcel of parcels) byName.set(parcel.name, [...(byName.get(parcel.name) ?? []), parcel]);
  const featureOf = new Map<string, number>();
  return shapes.flatMap((shape) => {
    const { feature, name } = shape;
    const note = (fault: Parameters<MapErrors['add']>[1]): never[] => {
      errors.add({ feature, name }, fault);
      return [];
    };
    if (!name) return note(CODE_MISSING);
    if (holdsIdOrPhone(name)) return note(PERSONAL);
    const [parcel, another] = byName.get(name) ?? [];
    // What is not there and what is not the caller's own get the same answer.
    if (!parcel || !regions.some((region) => covers(region, parcel.village))) return note(UNKNOWN[key]);
    if (another) return note(AMBIGUOUS);
    const first = featureOf.get(parcel.id);
    if (first !== undefined) return note(repeated(first));
    featureOf.set(parcel.id, feature);
    return [{ ...shape, parcel }];
  });
}

const CODE_MISSING = mapProblem(
  'CODE_MISSING',
  '必填：小班编号或图斑号',
  'the code of the parcel, or its patch number',
);
const PERSONAL = mapProblem(
  'PERSONAL_NUMBER_AS_CODE',
  '小班编号或图斑号，不得使用身份证号、手机号',
  'a code of a parcel, not an ID number or a phone',
);
const UNKNOWN = {
  code: mapProblem(
    'PARCEL_UNKNOWN',
    '本账套中您管辖范围内的小班编号；小班先导入，图形后导入',
    'the code of a parcel of this book in your regions; load parcels before their shapes',
  ),
  patch: mapProblem(
    'PARCEL_UNKNOWN',
    '本账套中您管辖范围内小班的图斑号（参数 village 指定的村内）',
    'the patch number of a parcel of this book in your regions, in the village if one is named',
  ),
} as const satisfies Readonly<Record<MapKey, ReturnType<typeof mapProblem>>>;
const AMBIGUOUS = mapProblem(
  'PATCH_AMBIGUOUS',
  '唯一的图斑号；几个村有同一图斑号时，用参数 village 逐村导入',
  'a patch number that one parcel has; where villages share it, load village by village with the parameter village',
);
const repeated = (first: number) =>
  mapProblem(
    'PARCEL_REPEATED',
    `每个小班一个图形，第 ${first} 个图形已有；几块地合成一个 MultiPolygon`,
    `one feature a parcel; feature ${first} is of the same; put several pieces into one MultiPolygon`,
  );
