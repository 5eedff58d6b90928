import type { Manager, Region, RegionLevel } from '@app/regions';

export interface RegionView {
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  readonly parent: string | null;
  /** First day no longer under this code; absent while in use. */
  readonly validTo?: string;
  /** The code that took its place. */
  readonly successor?: string;
  /** Who manages the place when it is not the county. */
  readonly managedBy?: Manager;
  /** The code that it has on the day asked about; null where none is known. */
  readonly onDay?: string | null;
}

export const presentRegion = ({ code, name, level, parent, validTo, successor }: Region): RegionView => ({
  code,
  name,
  level,
  parent,
  ...(validTo === null ? {} : { validTo }),
  ...(successor === null ? {} : { successor }),
});
