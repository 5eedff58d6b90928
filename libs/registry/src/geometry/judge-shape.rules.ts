import { contactsOf, type Budget } from './crossing.rules';
import type { Crs } from './crs.rules';
import { doubleArea } from './equal-area.rules';
import { frameInWords, isInFrame, type Frame } from './frame.rules';
import { mapProblem, type MapProblem } from './map-error';
import { FEATURE_POSITIONS_MAX, FEATURE_RINGS_MAX, type RawRing } from './map-features';
import { nestingOf } from './nesting.rules';
import { NANO, type Ring, type Shape } from './shape';
import { withoutSpikes, type Repairs } from './spikes.rules';

export interface ShapeFault extends MapProblem {
  readonly ring?: number;
  readonly position?: number;
}

export interface JudgeTerms {
  readonly crs: Crs;
  readonly frame: Frame;
  readonly outerIsClockwise: boolean;
  readonly budget: Budget;
  readonly repairs: Repairs;
}

export type Judged =
  | { readonly shape: Shape; readonly faults?: undefined }
  | { readonly shape?: undefined; readonly faults: readonly ShapeFault[] };

const faulty = (...faults: ShapeFault[]): Judged => ({ faults });

/** The shape that the rings of a feature make, or everything that is wrong with them. */
export function judgeShape(raw: readonly RawRing[], terms: JudgeTerms): Judged {
  const positions = raw.reduce((sum, { points }) => sum + points.length / 2, 0);
  if (positions > FEATURE_POSITIONS_MAX || raw.length > FEATURE_RINGS_MAX) return faulty(TOO_LARGE);
  const faults: ShapeFault[] = [];
  const rings: Ring[] = [];
  for (const [index, { points }] of raw.entries()) {
    const read = readRing(points, terms);
    if (read instanceof Float64Array) rings.push(read);
    else faults.push({ ...read, ring: index + 1 });
  }
  return faults.length > 0 ? { faults } : assemble(raw, rings, terms);
}

function readRing(points: Float64Array, { crs, frame, repairs }: JudgeTerms): Ring | ShapeFault {
  const last = points.length - 2;
  const ring = new Float64Array(points.length);
  let end = 0;
  for (let at = 0; at < last; at += 2) {
    const [x, y] = [points[at]!, points[at + 1]!];
    const [lon, lat] = inNano(crs, x, y);
    if (!isInFrame(frame, lon, lat)) return { ...positionFault(x, y, crs, frame), position: at / 2 + 1 };
    if (end > 0 && ring[end - 2] === lon && ring[end - 1] === lat) repairs.positionsRepeated += 1;
    else {
      ring[end++] = lon;
      ring[end++] = lat;
    }
  }
  if (last < 0 || points[0] !== points[last] || points[1] !== points[last + 1]) return NOT_CLOSED;
  if (end > 2 && ring[0] === ring[end - 2] && ring[1] === ring[end - 1]) {
    repairs.positionsRepeated += 1;
    end -= 2;
  }
  const clean = withoutSpikes(ring.subarray(0, end), repairs);
  return clean.length < 6 ? WITHOUT_AREA : clean;
}

/** Why a position is not in the frame. */
function positionFault(x: number, y: number, crs: Crs, frame: Frame): MapProblem {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return NOT_NUMBER;
  return isInFrame(frame, ...inNano(crs, y, x)) ? swapped(crs) : outside(frame, crs);
}

const inNano = (crs: Crs, x: number, y: number): [number, number] => {
  const [lon, lat] = crs.toLonLat(x, y);
  return [Math.round(lon * NANO), Math.round(lat * NANO)];
};

/** Outer rings with the holes that lie in them; rings may touch at points and may not cross. */
function assemble(
  raw: readonly RawRing[],
  rings: readonly Ring[],
  { outerIsClockwise, budget, repairs }: JudgeTerms,
): Judged {
  const { crossing, touching, isTooMuch } = contactsOf(rings, budget);
  if (isTooMuch) return faulty(TOO_TANGLED);
  if (crossing) {
    const { kind, ring, position } = crossing;
    const fault = kind === 'same-ring' ? CROSSES_ITSELF : RINGS_CROSS;
    return faulty({ ...fault, ring: ring + 1, position: position + 1 });
  }
  const flat = rings.findIndex((ring) => doubleArea(ring) === 0);
  if (flat >= 0) return faulty({ ...WITHOUT_AREA, ring: flat + 1 });
  const { depth, parent, crossed } = nestingOf(rings, touching);
  if (crossed !== undefined) return faulty({ ...RINGS_CROSS, ring: crossed + 1 });
  const misplaced = raw.findIndex(
    ({ role }, index) => role && (role === 'hole') !== (depth[index]! % 2 === 1),
  );
  if (misplaced >= 0) return faulty({ ...MISPLACED, ring: misplaced + 1 });
  const turned = rings.map((ring, index) => {
    const isHole = depth[index]! % 2 === 1;
    const isClockwise = doubleArea(ring) < 0;
    if (isClockwise !== (outerIsClockwise !== isHole)) repairs.ringsTurned += 1;
    return isClockwise === isHole ? ring : reversed(ring);
  });
  const shape = turned.flatMap((ring, index) => {
    if (depth[index]! % 2 === 1) return [];
    return [[ring, ...turned.filter((_hole, other) => depth[other]! % 2 === 1 && parent[other] === index)]];
  });
  return { shape };
}

function reversed(ring: Ring): Ring {
  const back = new Float64Array(ring.length);
  for (let at = 0; at < ring.length; at += 2) {
    back[at] = ring[ring.length - 2 - at]!;
    back[at + 1] = ring[ring.length - 1 - at]!;
  }
  return back;
}

const TOO_LARGE = mapProblem(
  'GEOMETRY_TOO_LARGE',
  `一个小班不超过 ${FEATURE_POSITIONS_MAX} 个点、${FEATURE_RINGS_MAX} 个环，请先化简`,
  `at most ${FEATURE_POSITIONS_MAX} positions and ${FEATURE_RINGS_MAX} rings; simplify it first`,
);
const NOT_NUMBER = mapProblem('COORDINATE_NOT_NUMBER', '有限的数，不是 NaN 或无穷大', 'a finite number');
const NOT_CLOSED = mapProblem(
  'RING_NOT_CLOSED',
  '至少四个点，最后一点与第一点相同；否则图形可能被截断',
  'four positions or more, the last one the same as the first; else a part may be missing',
);
const WITHOUT_AREA = mapProblem('RING_WITHOUT_AREA', '围出面积的环', 'a ring that encloses an area');
const CROSSES_ITSELF = mapProblem(
  'RING_CROSSES_ITSELF',
  '边界不自相交、不自相接；在 ArcGIS 中用“修复几何”，在 QGIS 中用“修正几何图形”',
  'an outline that does not meet itself; use Repair Geometry in ArcGIS or Fix Geometries in QGIS',
);
const RINGS_CROSS = mapProblem(
  'RINGS_CROSS',
  '各环互不相交、不共边；相连的部分先融合',
  'rings that neither cross nor share a border; dissolve parts that touch along a line',
);
const MISPLACED = mapProblem(
  'RING_MISPLACED',
  '内环在其外环之内，外环不在别的面之内',
  'holes inside their outer ring, and outer rings outside the other polygons',
);
const TOO_TANGLED = mapProblem(
  'GEOMETRY_TOO_TANGLED',
  '普通的小班边界；此文件的边界纠缠过多，请修复几何后分批导入',
  'plain outlines; those of this file are too entangled, repair them and load in parts',
);
const swapped = ({ isGeographic }: Crs): MapProblem =>
  isGeographic
    ? mapProblem('AXES_SWAPPED', '经度在前、纬度在后', 'longitude first, then latitude')
    : mapProblem('AXES_SWAPPED', '东坐标（横轴）在前、北坐标在后', 'easting first, then northing');
function outside(frame: Frame, { name }: Crs): MapProblem {
  const words = frameInWords(frame);
  return mapProblem(
    'COORDINATE_OUTSIDE_FRAME',
    `位于 ${words} 之内；请核对坐标系（读作 ${name}）与带号`,
    `a place inside ${words}; check the coordinate system (read as ${name}) and its zone`,
  );
}
