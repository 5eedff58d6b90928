import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { decideIn } from '../decide-in';
import type { Decidable } from '../decision.rules';
import type { Days, NationalUnits, ProjectState, StepWish } from './project.rules';

export interface StoredStep extends Decidable {
  readonly project: string;
  readonly from: ProjectState;
  readonly to: ProjectState;
  readonly crediting: Days | null;
}

export interface MirrorEvent {
  readonly id: string;
  readonly project: string;
  readonly kind: 'transferred' | 'retired';
  readonly units: NationalUnits;
  readonly day: Day;
  readonly documentNo: string;
}

interface StepRow extends Decidable {
  readonly project: string;
  readonly from: ProjectState;
  readonly to: ProjectState;
  readonly first: Day | null;
  readonly last: Day | null;
}

/** The only code that writes the steps of projects and what became of their units. */
@Injectable()
export class ProjectStepStore {
  async insert(tx: Tx, step: { id: string; project: string; from: ProjectState } & StepWish): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.project_step (book, id, project, from_state, to_state, day, document_no, document_sha256,
              crediting, credited, national_block, serials, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${rangeOf('daterange', '$9::date', '$10::date')},
               ${rangeOf('daterange', '$11::date', '$12::date')}, $13, ${rangeOf('int8range', '$14::bigint', '$15::bigint')},
               $16, $17)`,
      [
        ...[tx.book, step.id, step.project, step.from, step.to, step.day, step.documentNo],
        ...[step.documentSha256 ?? null, ...endsOf(step.crediting), ...endsOf(step.credited)],
        ...(step.units ? [step.units.block, step.units.first, step.units.last] : [null, null, null]),
        ...[tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<StoredStep | undefined> {
    const rows = await tx.query<StepRow>(
      `SELECT s.id, s.state, s.proposed_by AS "proposedBy", s.project, s.from_state AS "from", s.to_state AS "to",
              lower(s.crediting)::text AS first, (upper(s.crediting) - 1)::text AS last
         FROM credits.project_step s WHERE s.book = $1 AND s.id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows.map(({ first, last, ...row }) => ({
      ...row,
      crediting: first !== null && last !== null ? { from: first, to: last } : null,
    }))[0];
  }

  /** Approving it moves the project and its claims: the database does that. */
  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await decideIn(tx, 'credits.project_step', id, rejection);
  }

  /** Whether the national registry issued some of these units before, or to somebody else. */
  async unitsKnown(tx: Tx, { block, first, last }: NationalUnits): Promise<boolean> {
    const rows = await tx.query(
      `SELECT FROM credits.project_step s WHERE s.book = $1 AND s.national_block = $2 AND s.state <> 'rejected'
          AND s.serials && int8range($3::bigint, $4::bigint, '[]')`,
      [tx.book, block, first, last],
    );
    return rows.length > 0;
  }

  /** Whether all of the units were issued to the project, and whether some have left it. */
  async unitsOf(tx: Tx, project: string, { block, first, last }: NationalUnits) {
    const rows = await tx.query<{ issued: boolean; gone: boolean }>(
      `SELECT EXISTS (SELECT FROM credits.project_step s WHERE s.book = $1 AND s.project = $2 AND s.national_block = $3
                         AND s.state = 'approved' AND s.serials @> int8range($4::bigint, $5::bigint, '[]')) AS issued,
              EXISTS (SELECT FROM credits.mirror_event e WHERE e.book = $1 AND e.national_block = $3
                         AND e.state <> 'rejected' AND e.serials && int8range($4::bigint, $5::bigint, '[]')) AS gone`,
      [tx.book, project, block, first, last],
    );
    return { issued: rows[0]?.issued === true, gone: rows[0]?.gone === true };
  }

  async insertEvent(tx: Tx, { units, ...event }: MirrorEvent): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.mirror_event (book, id, project, kind, national_block, serials, day, document_no, proposed_by,
              proposed_at)
       VALUES ($1, $2, $3, $4, $5, int8range($6::bigint, $7::bigint, '[]'), $8, $9, $10, $11)`,
      [
        ...[tx.book, event.id, event.project, event.kind, units.block, units.first, units.last],
        ...[event.day, event.documentNo, tx.context.actor, tx.now],
      ],
    );
  }

  async lockEvent(tx: Tx, id: string): Promise<Decidable | undefined> {
    const rows = await tx.query<Decidable>(
      `SELECT e.id, e.state, e.proposed_by AS "proposedBy" FROM credits.mirror_event e
        WHERE e.book = $1 AND e.id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows[0];
  }

  async decideEvent(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await decideIn(tx, 'credits.mirror_event', id, rejection);
  }
}

const endsOf = (days: Days | undefined): (Day | null)[] => (days ? [days.from, days.to] : [null, null]);

/** Half-open in the table, both ends inside here; NULL when there is none, for an open range is something else. */
const rangeOf = (type: string, from: string, to: string): string =>
  `CASE WHEN ${from} IS NOT NULL THEN ${type}(${from}, ${to}, '[]') END`;
