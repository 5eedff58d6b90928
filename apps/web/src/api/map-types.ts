import type { Mu100 } from './types';

/** A village in which parcels have shapes. */
export interface MappedVillage {
  readonly village: string;
  readonly name: string | null;
  readonly parcels: number;
  readonly shapes: number;
}

export interface DrawnParcel {
  readonly code: string;
  readonly forestClass: string;
  readonly areaMu100: Mu100;
  readonly mapAreaMu100: Mu100;
  readonly holders: number;
  /** On the village's grid, x and y by turns from the north-west. */
  readonly rings: readonly (readonly number[])[];
}

export interface VillageMap {
  readonly day: string;
  readonly village: string;
  readonly grid: { readonly width: number; readonly height: number; readonly metresWide: number };
  readonly parcels: readonly DrawnParcel[];
  readonly next: string | null;
}
