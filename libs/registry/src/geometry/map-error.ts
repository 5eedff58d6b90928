import type { Expected } from '../import/import-error';

/** What a map file or a feature of it can have wrong. Stable: pages and people's notes refer to these. */
export type MapErrorCode =
  // the file as a whole
  | 'FILE_EMPTY'
  | 'FILE_NOT_UTF8'
  | 'FORMAT_NOT_READ'
  | 'JSON_MALFORMED'
  | 'GEOJSON_MALFORMED'
  | 'FEATURES_TOO_MANY'
  | 'POSITIONS_TOO_MANY'
  | 'ZIP_DAMAGED'
  | 'ZIP_ENCRYPTED'
  | 'ZIP_TOO_LARGE'
  | 'LAYER_MISSING'
  | 'LAYER_SEVERAL'
  | 'SHP_DAMAGED'
  | 'DBF_DAMAGED'
  | 'DBF_ROWS_DIFFER'
  | 'ENCODING_UNKNOWN'
  | 'FIELD_MISSING'
  | 'CRS_MISSING'
  | 'CRS_UNKNOWN'
  // a feature by itself
  | 'FEATURE_MALFORMED'
  | 'GEOMETRY_MISSING'
  | 'GEOMETRY_KIND_WRONG'
  | 'GEOMETRY_TOO_LARGE'
  | 'GEOMETRY_TOO_TANGLED'
  | 'COORDINATE_NOT_NUMBER'
  | 'COORDINATE_OUTSIDE_FRAME'
  | 'AXES_SWAPPED'
  | 'RING_NOT_CLOSED'
  | 'RING_WITHOUT_AREA'
  | 'RING_CROSSES_ITSELF'
  | 'RINGS_CROSS'
  | 'RING_MISPLACED'
  // against the other features and the book
  | 'CODE_MISSING'
  | 'PERSONAL_NUMBER_AS_CODE'
  | 'PARCEL_UNKNOWN'
  | 'PARCEL_REPEATED'
  | 'PATCH_AMBIGUOUS'
  | 'REGION_OUTSIDE_SCOPE';

export interface MapProblem {
  readonly code: MapErrorCode;
  /** What would be right, or what to do. */
  readonly expected: Expected;
}

export const mapProblem = (code: MapErrorCode, zh: string, en: string): MapProblem => ({
  code,
  expected: { zh, en },
});

/** Where in the file it is. */
export interface MapPlace {
  /** As the file counts: the first feature is 1. Null when the file as a whole is meant. */
  readonly feature: number | null;
  /** What the feature is called in the file. */
  readonly name?: string | null;
  /** The ring of the feature and the position in it, from 1. */
  readonly ring?: number;
  readonly position?: number;
}

/** One thing to mend before the file loads. */
export interface MapError extends MapProblem {
  readonly feature: number | null;
  readonly name: string | null;
  readonly ring: number | null;
  readonly position: number | null;
}

const ERRORS_SHOWN_MAX = 200;
const ERRORS_KEPT_MAX = 20_000;
const NAME_SHOWN_MAX = 64;

/** Gathers what is wrong with a map file, in any order, after what was found before. */
export class MapErrors {
  readonly #kept: MapError[] = [];
  #total = 0;

  constructor(before?: MapErrors) {
    this.#kept.push(...(before?.kept ?? []));
    this.#total = before?.total ?? 0;
  }

  add({ feature, name = null, ring, position }: MapPlace, { code, expected }: MapProblem): void {
    this.#total += 1;
    if (this.#kept.length >= ERRORS_KEPT_MAX) return;
    // A code that is somebody's number is not shown as a code.
    const shown = code === 'PERSONAL_NUMBER_AS_CODE' ? null : (name?.slice(0, NAME_SHOWN_MAX) ?? null);
    this.#kept.push({
      ...{ feature, name: shown, ring: ring ?? null, position: position ?? null },
      ...{ code, expected },
    });
  }

  get total(): number {
    return this.#total;
  }

  protected get kept(): readonly MapError[] {
    return this.#kept;
  }

  /** The first ones by feature; a person mends from the top. */
  get first(): readonly MapError[] {
    return [...this.#kept].sort((a, b) => (a.feature ?? 0) - (b.feature ?? 0)).slice(0, ERRORS_SHOWN_MAX);
  }
}
