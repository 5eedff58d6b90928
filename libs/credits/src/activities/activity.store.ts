import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { DecisionState } from '../rules/book-rule.store';
import type { ActivityKind, Multiplier } from './activity.rules';

export interface Activity {
  readonly id: string;
  readonly parcelCode: string;
  readonly village: string;
  readonly kind: ActivityKind;
  readonly doneOn: Day;
  readonly areaMu100: bigint;
  readonly evidence: string;
  /** The order that changed the parcel's class or age group for it. */
  readonly parcelOrder: string | null;
  readonly multiplier: Multiplier | null;
  readonly state: DecisionState;
  readonly proposedBy: string;
  readonly decidedBy: string | null;
  readonly rejection: string | null;
}

export interface NewActivity extends Pick<Activity, 'id' | 'kind' | 'doneOn' | 'areaMu100' | 'evidence'> {
  readonly parcel: string;
  readonly parcelOrder: string | null;
  readonly multiplier: Multiplier | null;
}

export interface ActivityFilter {
  /** Villages of these regions only. */
  readonly scope: readonly string[];
  readonly after: string | null;
  readonly limit: number;
}

type Row = Omit<Activity, 'areaMu100' | 'multiplier'> & {
  areaMu100: string;
  multiplierPpm: string | null;
  fromYear: number | null;
  toYear: number | null;
};

const COLUMNS = `a.id, p.code AS "parcelCode", p.village, a.kind, a.done_on::text AS "doneOn", a.area_mu100 AS "areaMu100",
  a.evidence, a.parcel_order AS "parcelOrder", a.multiplier_ppm AS "multiplierPpm", lower(a.years) AS "fromYear",
  upper(a.years) - 1 AS "toYear", a.state, a.proposed_by AS "proposedBy", a.decided_by AS "decidedBy", a.rejection`;
const FROM = `credits.activity a JOIN registry.parcel_current p ON p.book = a.book AND p.id = a.parcel`;

@Injectable()
export class ActivityStore {
  async parcel(
    tx: Tx,
    code: string,
  ): Promise<{ id: string; village: string; areaMu100: bigint } | undefined> {
    const rows = await tx.query<{ id: string; village: string; area: string }>(
      `SELECT p.id, p.village, p.area_mu100 AS area FROM registry.parcel_current p WHERE p.book = $1 AND p.code = $2`,
      [tx.book, code],
    );
    return rows.map(({ area, ...row }) => ({ ...row, areaMu100: BigInt(area) }))[0];
  }

  async insert(tx: Tx, activity: NewActivity): Promise<void> {
    const { multiplier } = activity;
    await tx.execute(
      `INSERT INTO credits.activity (book, id, parcel, kind, done_on, area_mu100, evidence, parcel_order, multiplier_ppm,
              years, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $9::bigint IS NOT NULL THEN int4range($10, $11, '[]') END,
               $12, $13)`,
      [
        ...[
          tx.book,
          activity.id,
          activity.parcel,
          activity.kind,
          activity.doneOn,
          activity.areaMu100.toString(),
        ],
        ...[activity.evidence, activity.parcelOrder, multiplier?.multiplierPpm.toString() ?? null],
        ...[multiplier?.fromYear ?? null, multiplier?.toYear ?? null, tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<Activity | undefined> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE a.book = $1 AND a.id = $2 FOR UPDATE OF a`,
      [tx.book, id],
    );
    return rows.map(activityOf)[0];
  }

  /** An approved weight of the same parcel in any of the same years. One decision at a time: two would not see each other. */
  async sameYears(tx: Tx, id: string): Promise<string | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credits.activity', $1))`, [tx.book]);
    const rows = await tx.query<{ id: string }>(
      `SELECT o.id FROM credits.activity a JOIN credits.activity o ON o.book = a.book AND o.parcel = a.parcel
          AND o.years && a.years AND o.state = 'approved' AND o.multiplier_ppm IS NOT NULL
        WHERE a.book = $1 AND a.id = $2 LIMIT 1`,
      [tx.book, id],
    );
    return rows[0]?.id;
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.execute(
      `UPDATE credits.activity SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }

  /** By id: those after the one named. */
  async list(from: Pick<Database, 'query'>, book: number, filter: ActivityFilter): Promise<Activity[]> {
    const rows = await from.query<Row>(
      `SELECT ${COLUMNS} FROM ${FROM}
        WHERE a.book = $1 AND ($2::uuid IS NULL OR a.id > $2)
          AND EXISTS (SELECT FROM unnest($3::text[]) own WHERE starts_with(p.village, own))
        ORDER BY a.id LIMIT $4`,
      [book, filter.after, filter.scope, filter.limit],
    );
    return rows.map(activityOf);
  }
}

const activityOf = ({ areaMu100, multiplierPpm, fromYear, toYear, ...row }: Row): Activity => ({
  ...row,
  areaMu100: BigInt(areaMu100),
  multiplier:
    multiplierPpm === null || fromYear === null || toYear === null
      ? null
      : { multiplierPpm: BigInt(multiplierPpm), fromYear, toYear },
});
