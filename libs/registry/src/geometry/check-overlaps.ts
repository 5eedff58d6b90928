import { setImmediate as pause } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import { ok, present, refuse } from '@app/kernel';
import {
  again,
  DONE,
  Statistics,
  UnitOfWork,
  type JobOutcome,
  type RunningJob,
  type Tx,
  type WorkContext,
} from '@app/platform';
import { CHECK_OVERLAPS, type CheckOverlapsJob } from '../registry.jobs';
import { toMu100 } from './equal-area.rules';
import { MapFileStore } from './map-file.store';
import { edgesOf, overlapM2, type Edges } from './overlap.rules';
import { decodeShape } from './shape-codec.rules';
import { ShapeStore, type Pair } from './shape.store';

/** Features that one transaction compares; the worker does other jobs between. */
const SLICE = 500;
const SLICES_A_RUN = 20;
/** A parcel has some ten neighbours; of one that lies on hundreds of others, the first hundreds tell enough. */
const PAIRS_MOST = 300;
const PAIRS_A_TURN = 200;

/** Nothing to roll back for: all was compared. */
const NOTHING_LEFT = refuse({ code: 'ALREADY_DONE' });

/**
 * Compares the shapes of a map file with all others whose boxes meet theirs, and keeps what pairs share. The file's
 * row tells how far it has come and is held meanwhile, so the job may die anywhere and two workers may run it.
 */
@Injectable()
export class CheckOverlaps {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: MapFileStore,
    private readonly shapes: ShapeStore,
    private readonly statistics: Statistics,
  ) {}

  async execute({
    book,
    payload,
  }: Pick<RunningJob<CheckOverlapsJob>, 'book' | 'payload'>): Promise<JobOutcome> {
    const context: WorkContext = {
      ...{ book, actor: `system/${CHECK_OVERLAPS.name}`, action: CHECK_OVERLAPS.name },
      subject: `map-file/${payload.file}`,
    };
    for (let slice = 0; slice < SLICES_A_RUN; slice += 1) {
      const compared = await this.unitOfWork.run(context, (tx) => this.compare(tx, payload.file));
      if (compared.ok) continue;
      await this.statistics.refresh('registry');
      return DONE;
    }
    return again(0);
  }

  private async compare(tx: Tx, id: string) {
    const file = present(await this.files.lock(tx, id), 'map files stay');
    if (file.checkedTo >= file.features) return NOTHING_LEFT;
    const from = file.checkedTo;
    const to = Math.min(from + SLICE, file.features);
    const { pairs, leftOut } = await this.shapes.pairs(tx, id, { from, to, most: PAIRS_MOST });
    const overlaps = await this.overlapsOf(tx, pairs);
    await this.shapes.insertOverlaps(tx, overlaps);
    await this.files.advance(tx, id, to, leftOut);
    tx.audit({ file: id, from, to, pairs: pairs.length, overlaps: overlaps.length, leftOut });
    return ok(undefined);
  }

  private async overlapsOf(tx: Tx, pairs: readonly Pair[]): Promise<(Pair & { areaMu100: bigint })[]> {
    const ids = [...new Set(pairs.flatMap(({ shape, other }) => [shape, other]))];
    const bytes = await this.shapes.bytesOf(tx, ids);
    const known = new Map<string, Edges>();
    const edges = (id: string): Edges => {
      const found = known.get(id) ?? edgesOf(decodeShape(present(bytes.get(id), 'shapes stay')));
      known.set(id, found);
      return found;
    };
    const overlaps: (Pair & { areaMu100: bigint })[] = [];
    for (const [index, { shape, other }] of pairs.entries()) {
      const areaMu100 = toMu100(overlapM2(edges(shape), edges(other)));
      if (areaMu100 > 0n) overlaps.push({ shape, other, areaMu100 });
      if (index % PAIRS_A_TURN === 0) await pause();
    }
    return overlaps;
  }
}
