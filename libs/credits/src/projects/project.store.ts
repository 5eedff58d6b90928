import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Reader } from '../supply/offer.store';
import type { HeldLand } from './project.refusals';
import type { Days, ProjectKind, ProjectState, SteppingProject } from './project.rules';

export interface NewProject {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: ProjectKind;
  readonly methodology: string;
  readonly standard: string;
  /** Party id. */
  readonly owner: string;
  readonly targetMu100: bigint | null;
}

export interface LockedProject extends SteppingProject {
  readonly id: string;
  readonly code: string;
  readonly kind: ProjectKind;
  /** The step that waits for its decision. */
  readonly openStep: string | null;
}

export interface BoundaryParcel {
  readonly id: string;
  readonly code: string;
  readonly landUnit: string;
  readonly forestClass: string;
  readonly areaMu100: bigint;
}

interface LockedRow {
  readonly id: string;
  readonly code: string;
  readonly kind: ProjectKind;
  readonly state: ProjectState;
  readonly parcels: number;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly lastDay: Day | null;
  readonly openStep: string | null;
}

/** The only code that writes projects and their land. */
@Injectable()
export class ProjectStore {
  /** One at a time works on the projects of a book. */
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credits.projects', $1))`, [tx.book]);
  }

  async find(tx: Tx, by: { code: string } | { id: string }): Promise<LockedProject | undefined> {
    const rows = await tx.query<LockedRow>(
      `SELECT p.id, p.code, p.kind, p.state,
              lower(p.crediting)::text AS "from", (upper(p.crediting) - 1)::text AS "to",
              (SELECT count(*)::int FROM credits.project_land l WHERE l.book = p.book AND l.project = p.id) AS parcels,
              (SELECT max(s.day)::text FROM credits.project_step s
                WHERE s.book = p.book AND s.project = p.id AND s.state = 'approved') AS "lastDay",
              (SELECT s.id FROM credits.project_step s
                WHERE s.book = p.book AND s.project = p.id AND s.state = 'proposed') AS "openStep"
         FROM credits.project p
        WHERE p.book = $1 AND ${'code' in by ? 'p.code' : 'p.id'} = $2`,
      [tx.book, 'code' in by ? by.code : by.id],
    );
    return rows.map(({ from, to, ...row }) => ({
      ...row,
      crediting: from !== null && to !== null ? { from, to } : null,
    }))[0];
  }

  /** A party that may own a project: no household and no person. */
  async ownerOf(tx: Tx, externalNo: string): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }>(
      `SELECT t.id FROM registry.party t
        WHERE t.book = $1 AND t.external_no = $2 AND t.kind NOT IN ('household', 'person')`,
      [tx.book, externalNo],
    );
    return rows[0]?.id;
  }

  /** False when the code is taken. */
  async insert(tx: Tx, project: NewProject): Promise<boolean> {
    const added = await tx.execute(
      `INSERT INTO credits.project (book, id, code, name, kind, methodology, standard, owner, target_mu100, opened_by,
              opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (book, code) DO NOTHING`,
      [
        ...[tx.book, project.id, project.code, project.name, project.kind, project.methodology],
        ...[project.standard, project.owner, project.targetMu100, tx.context.actor, tx.now],
      ],
    );
    return added === 1;
  }

  async parcels(tx: Tx, codes: readonly string[]): Promise<Map<string, BoundaryParcel>> {
    const rows = await tx.query<Omit<BoundaryParcel, 'areaMu100'> & { areaMu100: string }>(
      `SELECT p.id, p.code, p.land_unit AS "landUnit", p.forest_class AS "forestClass", p.area_mu100 AS "areaMu100"
         FROM registry.parcel_current p
        WHERE p.book = $1 AND p.code = ANY ($2::text[]) AND p.status <> 'cancelled' AND upper_inf(p.valid)`,
      [tx.book, codes],
    );
    return new Map(rows.map((row) => [row.code, { ...row, areaMu100: BigInt(row.areaMu100) }]));
  }

  async replaceLand(tx: Tx, project: string, parcels: readonly BoundaryParcel[]): Promise<void> {
    await tx.execute(`DELETE FROM credits.project_land WHERE book = $1 AND project = $2`, [tx.book, project]);
    await tx.execute(
      `INSERT INTO credits.project_land (book, project, parcel, land_unit, area_mu100)
       SELECT $1, $2, n.* FROM unnest($3::uuid[], $4::uuid[], $5::bigint[]) n`,
      [
        ...[tx.book, project],
        parcels.map(({ id }) => id),
        parcels.map(({ landUnit }) => landUnit),
        parcels.map(({ areaMu100 }) => areaMu100.toString()),
      ],
    );
  }

  /**
   * Land of the project that is claimed for some of the days, by land unit and day; of what became of it by splits
   * and merges, what was claimed under the new name.
   */
  async held(reader: Reader, book: number, project: string, days: Days): Promise<HeldLand[]> {
    return reader.query<HeldLand>(
      `WITH RECURSIVE land (land_unit, own) AS (
         SELECT l.land_unit, true FROM credits.project_land l WHERE l.book = $1 AND l.project = $2
         UNION
         SELECT o.land_unit, false FROM land l
           JOIN registry.land_unit_origin o ON o.book = $1 AND o.origin = l.land_unit)
       SELECT DISTINCT u.code AS "landUnit", lower(c.period)::text AS "from", (upper(c.period) - 1)::text AS "to", c.scheme
         FROM land l
         JOIN credits.claim c ON c.book = $1 AND c.land_unit = l.land_unit AND (l.own OR NOT c.carried)
          AND c.period && daterange($3::date, $4::date, '[]')
         JOIN registry.land_unit u ON u.book = c.book AND u.id = c.land_unit
        ORDER BY 1, 2`,
      [book, project, days.from, days.to],
    );
  }

  async setTarget(
    tx: Tx,
    target: { kind: ProjectKind; validFrom: Day; targetMu100: bigint; documentNo: string },
  ): Promise<boolean> {
    const added = await tx.execute(
      `INSERT INTO credits.project_target (book, kind, valid_from, target_mu100, document_no, set_by, set_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (book, kind, valid_from) DO NOTHING`,
      [
        ...[tx.book, target.kind, target.validFrom, target.targetMu100, target.documentNo],
        ...[tx.context.actor, tx.now],
      ],
    );
    return added === 1;
  }
}
