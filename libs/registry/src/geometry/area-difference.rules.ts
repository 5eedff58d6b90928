import { AREA_DIFFERENCE_PERCENT } from '../guards/guard.words';
import type { MatchedShape } from './match-parcels';

const SHOWN_MAX = 200;

export interface AreaComparison {
  readonly total: number;
  /** The first 200. */
  readonly items: readonly {
    readonly parcel: string;
    readonly areaMu100: bigint;
    readonly mapAreaMu100: bigint;
  }[];
}

export function differs(statedMu100: bigint, mapMu100: bigint): boolean {
  const apart = statedMu100 > mapMu100 ? statedMu100 - mapMu100 : mapMu100 - statedMu100;
  return apart * 100n > statedMu100 * BigInt(AREA_DIFFERENCE_PERCENT);
}

/** The parcels whose stated area is far from that of their shape. */
export function comparedAreas(shapes: readonly MatchedShape[]): AreaComparison {
  const found = shapes.filter(({ parcel, areaMu100 }) => differs(parcel.areaMu100, areaMu100));
  const items = found.slice(0, SHOWN_MAX).map(({ parcel, areaMu100 }) => ({
    ...{ parcel: parcel.code, areaMu100: parcel.areaMu100, mapAreaMu100: areaMu100 },
  }));
  return { total: found.length, items };
}
