import { Injectable } from '@nestjs/common';

import { dayOf, type Day } from '@app/kernel';
import { Books, Database, isStored } from '@app/platform';
import type { ProjectKind, ProjectState } from './project.rules';

/** A project as everybody may know it. Its owner is an organisation; it is told to staff only. */
export interface ProjectView {
  readonly code: string;
  readonly name: string;
  readonly kind: ProjectKind;
  readonly methodology: string;
  readonly standard: string;
  readonly state: ProjectState;
  readonly creditingFrom: Day | null;
  readonly creditingTo: Day | null;
  readonly parcels: number;
  readonly areaMu100: bigint;
  readonly targetMu100: bigint | null;
  /** What the national registry issued, and what of it has left the owner or was retired there, in tonnes. */
  readonly units: { readonly issued: bigint; readonly transferred: bigint; readonly retired: bigint };
}

export interface StepView {
  readonly id: string;
  readonly from: ProjectState;
  readonly to: ProjectState;
  readonly day: Day;
  readonly documentNo: string;
  readonly documentSha256: string | null;
  /** Whether the book keeps that file. */
  readonly documentStored: boolean;
  readonly creditedFrom: Day | null;
  readonly creditedTo: Day | null;
  readonly state: 'proposed' | 'approved' | 'rejected';
  readonly rejection: string | null;
}

/** 储备 of one kind of forest: what is wanted, and how much land the projects of each state have. */
export interface PipelineKind {
  readonly kind: ProjectKind;
  readonly target: {
    readonly targetMu100: bigint;
    readonly validFrom: Day;
    readonly documentNo: string;
  } | null;
  /** Land of all projects that were not withdrawn; a land unit in two of them counts twice. */
  readonly areaMu100: bigint;
  /** Of the target, in millionths; null without one. */
  readonly reachedPpm: bigint | null;
  readonly states: readonly {
    readonly state: ProjectState;
    readonly projects: number;
    readonly areaMu100: bigint;
  }[];
}

const COLUMNS = `p.code, p.name, p.kind, p.methodology, p.standard, p.state, lower(p.crediting)::text AS "creditingFrom",
  (upper(p.crediting) - 1)::text AS "creditingTo", p.target_mu100 AS "targetMu100", l.parcels, l.area,
  (SELECT coalesce(sum(upper(s.serials) - lower(s.serials)), 0) FROM credits.project_step s
    WHERE s.book = p.book AND s.project = p.id AND s.state = 'approved') AS issued, e.transferred, e.retired`;
const FROM = `credits.project p
  CROSS JOIN LATERAL (SELECT count(*)::int AS parcels, coalesce(sum(b.area_mu100), 0) AS area
                        FROM credits.project_land b WHERE b.book = p.book AND b.project = p.id) l
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(upper(m.serials) - lower(m.serials)) FILTER (WHERE m.kind = 'transferred'), 0) AS transferred,
           coalesce(sum(upper(m.serials) - lower(m.serials)) FILTER (WHERE m.kind = 'retired'), 0) AS retired
      FROM credits.mirror_event m WHERE m.book = p.book AND m.project = p.id AND m.state = 'approved') e`;

type Row = Omit<ProjectView, 'areaMu100' | 'targetMu100' | 'units'> & {
  readonly targetMu100: string | null;
  readonly area: string;
  readonly issued: string;
  readonly transferred: string;
  readonly retired: string;
};

/** The register of the county's own projects. */
@Injectable()
export class Projects {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
  ) {}

  /** By code, from the one after. */
  async list(book: number, after: string, count: number): Promise<ProjectView[]> {
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE p.book = $1 AND p.code > $2 ORDER BY p.code LIMIT $3`,
      [book, after, count],
    );
    return rows.map(viewOf);
  }

  async one(
    book: number,
    code: string,
  ): Promise<(ProjectView & { steps: StepView[]; parcelCodes: string[] }) | undefined> {
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE p.book = $1 AND p.code = $2`,
      [book, code],
    );
    const row = rows[0];
    if (!row) return undefined;
    const steps = await this.database.query<StepView>(
      `SELECT s.id, s.from_state AS "from", s.to_state AS "to", s.day::text AS day, s.document_no AS "documentNo",
              s.document_sha256 AS "documentSha256", ${isStored('s', 'document_sha256')} AS "documentStored",
              lower(s.credited)::text AS "creditedFrom",
              (upper(s.credited) - 1)::text AS "creditedTo", s.state, s.rejection
         FROM credits.project_step s JOIN credits.project p ON p.book = s.book AND p.id = s.project
        WHERE s.book = $1 AND p.code = $2 ORDER BY s.proposed_at, s.id`,
      [book, code],
    );
    const parcels = await this.database.query<{ code: string }>(
      `SELECT q.code FROM credits.project_land l JOIN credits.project p ON p.book = l.book AND p.id = l.project
         JOIN registry.parcel q ON q.book = l.book AND q.id = l.parcel
        WHERE l.book = $1 AND p.code = $2 ORDER BY q.code`,
      [book, code],
    );
    return { ...viewOf(row), steps, parcelCodes: parcels.map((parcel) => parcel.code) };
  }

  /** By kind: the target in force on the book's day and the land of the projects that were not withdrawn. */
  async pipeline(book: number): Promise<PipelineKind[]> {
    const day = dayOf(await this.books.now(book));
    const targets = await this.database.query<{
      kind: ProjectKind;
      target: string;
      validFrom: Day;
      documentNo: string;
    }>(
      `SELECT DISTINCT ON (t.kind) t.kind, t.target_mu100 AS target, t.valid_from::text AS "validFrom",
              t.document_no AS "documentNo"
         FROM credits.project_target t WHERE t.book = $1 AND t.valid_from <= $2
        ORDER BY t.kind, t.valid_from DESC`,
      [book, day],
    );
    const states = await this.database.query<{
      kind: ProjectKind;
      state: ProjectState;
      projects: number;
      area: string;
    }>(
      `SELECT p.kind, p.state, count(*)::int AS projects, sum(l.area) AS area FROM ${FROM}
        WHERE p.book = $1 GROUP BY p.kind, p.state ORDER BY p.kind, p.state`,
      [book],
    );
    return (['arbor', 'bamboo'] as const).map((kind) => {
      const target = targets.find((each) => each.kind === kind);
      const own = states.filter((each) => each.kind === kind);
      const areaMu100 = own.reduce(
        (sum, { state, area }) => (state === 'withdrawn' ? sum : sum + BigInt(area)),
        0n,
      );
      return {
        kind,
        target: target
          ? {
              targetMu100: BigInt(target.target),
              validFrom: target.validFrom,
              documentNo: target.documentNo,
            }
          : null,
        areaMu100,
        reachedPpm: target ? (areaMu100 * 1_000_000n) / BigInt(target.target) : null,
        states: own.map(({ state, projects, area }) => ({ state, projects, areaMu100: BigInt(area) })),
      };
    });
  }
}

const viewOf = ({ area, targetMu100, issued, transferred, retired, ...row }: Row): ProjectView => ({
  ...row,
  areaMu100: BigInt(area),
  targetMu100: targetMu100 === null ? null : BigInt(targetMu100),
  units: { issued: BigInt(issued), transferred: BigInt(transferred), retired: BigInt(retired) },
});
