import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { LandFault, ProjectLandRefusal } from './project.refusals';
import { CLASSES_OF } from './project.rules';
import { ProjectStore, type BoundaryParcel } from './project.store';

export interface Boundary {
  readonly parcels: number;
  readonly landUnits: number;
  readonly areaMu100: bigint;
  /** Parcels of a class that methodologies for such forest do not take; the first ones. */
  readonly unlikely: readonly string[];
}

const SHOWN = 200;

/** Says which parcels a project is made of, all of them anew, as long as it is planned or designed. */
@Injectable()
export class DrawBoundary {
  constructor(private readonly projects: ProjectStore) {}

  /** Refuses PROJECT_UNKNOWN, PROJECT_LAND_FIXED, PROJECT_LAND_REFUSED with every row that is wrong. */
  async execute(
    tx: Tx,
    { project: code, parcelCodes }: { project: string; parcelCodes: readonly string[] },
  ): Promise<Result<Boundary, ProjectLandRefusal>> {
    await this.projects.lockBook(tx);
    const project = await this.projects.find(tx, { code });
    if (!project) return refuse({ code: 'PROJECT_UNKNOWN', project: code.slice(0, 40) });
    const isOpen = project.state === 'pipeline' || project.state === 'designed';
    if (!isOpen || project.openStep !== null) {
      return refuse({ code: 'PROJECT_LAND_FIXED', project: code, state: project.state });
    }
    const known = await this.projects.parcels(tx, parcelCodes);
    const errors = faultsOf(parcelCodes, known);
    if (errors.length > 0) {
      return refuse({ code: 'PROJECT_LAND_REFUSED', total: errors.length, errors: errors.slice(0, SHOWN) });
    }
    const parcels = parcelCodes.map((parcel) => known.get(parcel)!);
    await this.projects.replaceLand(tx, project.id, parcels);
    tx.audit({ project: code, parcels: parcels.length });
    return ok({
      parcels: parcels.length,
      landUnits: new Set(parcels.map(({ landUnit }) => landUnit)).size,
      areaMu100: parcels.reduce((sum, { areaMu100 }) => sum + areaMu100, 0n),
      unlikely: parcels
        .filter(({ forestClass }) => !CLASSES_OF[project.kind].includes(forestClass))
        .map((parcel) => parcel.code)
        .slice(0, SHOWN),
    });
  }
}

function faultsOf(codes: readonly string[], known: ReadonlyMap<string, BoundaryParcel>): LandFault[] {
  const seen = new Set<string>();
  return codes.flatMap((parcel, index): LandFault[] => {
    const isRepeated = seen.has(parcel);
    seen.add(parcel);
    const at = { row: index + 1, parcel: parcel.slice(0, 64) };
    if (isRepeated) return [{ ...at, code: 'PARCEL_REPEATED' }];
    return known.has(parcel) ? [] : [{ ...at, code: 'PARCEL_UNKNOWN' }];
  });
}
