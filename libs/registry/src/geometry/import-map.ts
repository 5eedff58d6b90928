import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import { Jobs, Statistics, UnitOfWork, type Tx, type WorkContext } from '@app/platform';
import { ImportStore } from '../import/import.store';
import { CHECK_OVERLAPS } from '../registry.jobs';
import { comparedAreas, type AreaComparison } from './area-difference.rules';
import { judgeMap, type JudgedShape } from './judge-map';
import type { KeyWanted } from './key-field.rules';
import { MapErrors, type MapError } from './map-error';
import type { MapFeatures, MapFormat } from './map-features';
import { MapFileStore } from './map-file.store';
import { matchParcels, namesOf } from './match-parcels';
import { readMap } from './read-map';
import { ShapeStore } from './shape.store';
import type { Repairs } from './spikes.rules';

export interface MapCommand extends KeyWanted {
  /** The file as it came. */
  readonly bytes: Buffer;
  /** Checks everything and loads nothing. */
  readonly dryRun: boolean;
  /** Region code of the book. */
  readonly bookRegion: string;
  /** Region codes whose land the loading person may enter. */
  readonly regions: readonly string[];
  /** Only parcels of this village are meant. */
  readonly village?: string;
}

export interface LoadedMap {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly format: MapFormat;
  readonly crs: string;
  readonly field: string;
  readonly features: number;
  readonly positions: number;
  readonly sha256: string;
  readonly dryRun: boolean;
  /** Parcels whose earlier shape this file replaces. */
  readonly replaced: number;
  readonly repairs: Repairs;
  /** Parcels whose stated area is far from that of the map. */
  readonly areas: AreaComparison;
  readonly summary: { readonly zh: string; readonly en: string };
}

export type MapRefusal =
  | {
      readonly code: 'MAP_REFUSED';
      readonly total: number;
      /** The first 200 by feature. */
      readonly errors: readonly MapError[];
    }
  | {
      readonly code: 'MAP_REPEATED';
      readonly file: string;
      readonly features: number;
      readonly loadedAt: Date;
    };

/** Loads the shapes of parcels from a map file: all features are checked first, and nothing loads when one fails. */
@Injectable()
export class ImportMap {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportStore,
    private readonly files: MapFileStore,
    private readonly shapes: ShapeStore,
    private readonly jobs: Jobs,
    private readonly statistics: Statistics,
  ) {}

  /**
   * Refuses MAP_REPEATED when these bytes were loaded before, MAP_REFUSED with what to mend. Opens its own unit of
   * work, after the file is read and judged. Overlaps are looked for afterwards, by a job.
   */
  async execute(context: WorkContext, command: MapCommand): Promise<Result<LoadedMap, MapRefusal>> {
    const errors = new MapErrors();
    const read = await readMap(command.bytes, command);
    if (!read.ok) {
      errors.add({ feature: null }, read.reason);
      return refuse({ code: 'MAP_REFUSED', total: errors.total, errors: errors.first });
    }
    const frame = await this.files.frameOf(command.bookRegion);
    const judged = await judgeMap(read.value, frame, errors);
    const given: Given = { command, map: read.value, ...judged, errors };
    const loaded = await this.unitOfWork.run(context, (tx) => this.load(tx, given));
    if (loaded.ok && !command.dryRun) await this.statistics.refresh('registry');
    return loaded;
  }

  private async load(tx: Tx, given: Given): Promise<Result<LoadedMap, MapRefusal>> {
    const { command, map, shapes, repairs } = given;
    const sha256 = createHash('sha256').update(command.bytes).digest('hex');
    await this.imports.lockBook(tx);
    const earlier = await this.files.find(tx, sha256);
    if (earlier) {
      const { id: file, features, loadedAt } = earlier;
      return refuse({ code: 'MAP_REPEATED', file, features, loadedAt });
    }
    // A second attempt after a deadlock starts from what the file itself has wrong.
    const errors = new MapErrors(given.errors);
    const [today, id] = [dayOf(tx.now), newId()];
    const wanted = { names: namesOf(shapes), village: command.village ?? null, today };
    const parcels = await this.shapes.parcels(tx, command.key, wanted);
    const matched = matchParcels(shapes, parcels, command, errors);
    if (errors.total > 0) return refuse({ code: 'MAP_REFUSED', total: errors.total, errors: errors.first });
    const ids = matched.map(({ parcel }) => parcel.id);
    const replaced = await this.shapes.countCurrent(tx, ids);
    const positions = matched.reduce((sum, shape) => sum + shape.positions, 0);
    const facts = { format: map.format, crs: map.crs.name, features: matched.length, positions, sha256 };
    const areas = comparedAreas(matched);
    const summary = summaryOf(matched.length, replaced, areas.total);
    const answer = { ...facts, field: map.field, replaced, repairs, areas, summary, dryRun: command.dryRun };
    tx.audit({ file: command.dryRun ? null : id, ...facts, replaced, dryRun: command.dryRun });
    if (command.dryRun) return ok({ id: null, ...answer });
    await this.files.insert(tx, { id, ...facts, loadedBy: tx.context.actor, loadedAt: tx.now });
    await this.shapes.endCurrent(tx, ids, today);
    const rows = matched.map(({ parcel, ...shape }) => ({ ...shape, id: newId(), parcel: parcel.id }));
    await this.shapes.insert(tx, id, today, rows);
    await this.jobs.add(tx, CHECK_OVERLAPS, { file: id }, { id });
    return ok({ id, ...answer });
  }
}

interface Given {
  readonly command: MapCommand;
  readonly map: MapFeatures;
  readonly shapes: readonly JudgedShape[];
  readonly repairs: Repairs;
  readonly errors: MapErrors;
}

const summaryOf = (features: number, replaced: number, differing: number): LoadedMap['summary'] => ({
  zh: `${features} 个小班的图形：新增 ${features - replaced} 个，替换 ${replaced} 个；其中 ${differing} 个与登记面积相差超过 5%`,
  en: `Shapes of ${features} parcels: ${features - replaced} new, ${replaced} replaced; ${differing} differ by over 5 % from the stated area`,
});
