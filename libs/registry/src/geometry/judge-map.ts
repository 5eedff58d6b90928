import { setImmediate as pause } from 'node:timers/promises';

import { encodeShape } from './shape-codec.rules';
import { areaM2Of, centreOf, toMu100 } from './equal-area.rules';
import type { Frame } from './frame.rules';
import { judgeShape } from './judge-shape.rules';
import type { MapErrors } from './map-error';
import type { MapFeatures } from './map-features';
import { boxOf, positionsOf, ringsOf, type Box, type Shape } from './shape';
import type { Repairs } from './spikes.rules';

/** A feature whose shape is in order, ready to be kept. */
export interface JudgedShape {
  readonly feature: number;
  readonly name: string | null;
  readonly bytes: Buffer;
  readonly areaMu100: bigint;
  readonly positions: number;
  readonly centre: { readonly lon: number; readonly lat: number };
  readonly box: Box;
}

/** Comparisons of edges that a whole file may cost; plain outlines need ten an edge. */
const COMPARISONS_MAX = 300_000_000;
/** After so many positions others get a turn: a file of a town takes seconds. */
const POSITIONS_A_TURN = 20_000;

/** The shapes of a file; what is wrong with the others is noted. */
export async function judgeMap(
  { features, crs, outerIsClockwise }: MapFeatures,
  frame: Frame,
  errors: MapErrors,
): Promise<{ shapes: JudgedShape[]; repairs: Repairs }> {
  const repairs = { ringsTurned: 0, positionsRepeated: 0, spikesCut: 0 };
  const terms = { crs, frame, outerIsClockwise, budget: { left: COMPARISONS_MAX }, repairs };
  const shapes: JudgedShape[] = [];
  let untilPause = POSITIONS_A_TURN;
  for (const { feature, name, rings, fault } of features) {
    if (fault) {
      errors.add({ feature, name }, fault);
      continue;
    }
    const { shape, faults } = judgeShape(rings, terms);
    if (shape) shapes.push({ feature, name, ...factsOf(shape) });
    else
      for (const { ring, position, ...problem } of faults)
        errors.add({ feature, name, ring, position }, problem);
    untilPause -= rings.reduce((sum, { points }) => sum + points.length / 2, 1);
    if (untilPause < 0) {
      await pause();
      untilPause = POSITIONS_A_TURN;
    }
  }
  return { shapes, repairs };
}

const factsOf = (shape: Shape): Omit<JudgedShape, 'feature' | 'name'> => ({
  bytes: encodeShape(shape),
  areaMu100: toMu100(areaM2Of(shape)),
  positions: positionsOf(shape),
  centre: centreOf(shape),
  box: boxOf(ringsOf(shape)),
});
