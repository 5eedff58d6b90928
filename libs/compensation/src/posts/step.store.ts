import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';

export interface Step {
  readonly roster: string;
  /** Which of the roster's posts, from 1. */
  readonly ordinal: number;
  readonly post: string;
  /** The region of the assignment by which the actor holds the post. */
  readonly region: string;
  /** The order by which the actor holds it for another (岗位代理), when there is one. */
  readonly actingOrderNo: string | undefined;
}

export interface TakenStep {
  readonly ordinal: number;
  readonly actingOrderNo: string | null;
}

@Injectable()
export class StepStore {
  /** The steps this person took on the roster. */
  takenBy(tx: Tx, roster: string, actor: string): Promise<TakenStep[]> {
    return tx.query<TakenStep>(
      `SELECT ordinal, acting_order_no AS "actingOrderNo" FROM compensation.roster_step
        WHERE book = $1 AND roster = $2 AND actor = $3`,
      [tx.book, roster, actor],
    );
  }

  /** The same person at the same step again adds nothing: a clerk whose villages come in two calls. */
  async insert(tx: Tx, step: Step): Promise<void> {
    await tx.query(
      `INSERT INTO compensation.roster_step (book, roster, ordinal, post, actor, at, region, acting_order_no)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (book, roster, ordinal, actor) DO NOTHING`,
      [
        tx.book,
        step.roster,
        step.ordinal,
        step.post,
        tx.context.actor,
        tx.now,
        step.region,
        step.actingOrderNo ?? null,
      ],
    );
  }

  /** Confirms the unconfirmed villages that lie in one of the regions. */
  async confirmVillages(
    tx: Tx,
    roster: string,
    regions: readonly string[],
  ): Promise<{ confirmed: number; left: number }> {
    const confirmed = await tx.execute(
      `UPDATE compensation.roster_village SET confirmed_by = $4, confirmed_at = $5
        WHERE book = $1 AND roster = $2 AND confirmed_by IS NULL
          AND EXISTS (SELECT FROM unnest($3::text[]) AS u (region) WHERE starts_with(village, u.region))`,
      [tx.book, roster, regions, tx.context.actor, tx.now],
    );
    const [row] = await tx.query<{ left: number }>(
      `SELECT count(*)::int AS left FROM compensation.roster_village
        WHERE book = $1 AND roster = $2 AND confirmed_by IS NULL`,
      [tx.book, roster],
    );
    return { confirmed, left: row!.left };
  }

  /** The villages of the roster. */
  async villages(tx: Tx, roster: string): Promise<string[]> {
    const rows = await tx.query<{ village: string }>(
      'SELECT village FROM compensation.roster_village WHERE book = $1 AND roster = $2',
      [tx.book, roster],
    );
    return rows.map(({ village }) => village);
  }

  /** Everyone who had a hand in the roster: its maker and those who took its steps. */
  async handlers(tx: Tx, roster: string): Promise<string[]> {
    const rows = await tx.query<{ actor: string }>(
      `SELECT made_by AS actor FROM compensation.roster WHERE book = $1 AND id = $2
        UNION SELECT actor FROM compensation.roster_step WHERE book = $1 AND roster = $2 ORDER BY actor`,
      [tx.book, roster],
    );
    return rows.map(({ actor }) => actor);
  }
}
