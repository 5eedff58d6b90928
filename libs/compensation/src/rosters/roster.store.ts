import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { NOT_PUBLIC_SOURCES } from '../compensation.words';
import type { RosterDraft } from './draft.rules';

/**
 * draft: made; notice: published (公示); review: on its way through the posts; approved: all posts done; locking and
 * locked: becoming and being payable; void: given up.
 */
export type RosterState = 'draft' | 'notice' | 'review' | 'approved' | 'locking' | 'locked' | 'void';

export interface Roster {
  readonly id: string;
  readonly no: string;
  readonly programme: string;
  readonly indicator: string;
  readonly region: string;
  readonly year: number;
  readonly asOf: Day;
  readonly supplementaryOf: string | null;
  readonly root: string;
  readonly state: RosterState;
  readonly posts: readonly string[];
  /** How many of the posts are done. */
  readonly step: number;
  readonly madeBy: string;
  readonly noticeUntil: Day | null;
  readonly noticeHash: string | null;
  readonly dueFen: bigint | null;
  readonly isReserved: boolean;
  /** The post, counted from 1, that it was sent back to; null while it was not. */
  readonly returnTo: number | null;
}

interface RosterRow {
  readonly id: string;
  readonly no: string;
  readonly programme: string;
  readonly indicator: string;
  readonly region: string;
  readonly year: number;
  readonly as_of: Day;
  readonly supplementary_of: string | null;
  readonly root: string;
  readonly state: RosterState;
  readonly posts: string[];
  readonly step: number;
  readonly made_by: string;
  readonly notice_until: Day | null;
  readonly notice_hash: string | null;
  readonly due_fen: string | null;
  readonly is_reserved: boolean;
  readonly return_to: number | null;
}

export type NewRoster = Pick<
  Roster,
  'id' | 'programme' | 'indicator' | 'region' | 'year' | 'asOf' | 'supplementaryOf' | 'root' | 'posts'
> &
  Omit<RosterDraft, 'lines'> & { readonly lines: number; readonly programmeCode: string };

@Injectable()
export class RosterStore {
  /** True when the code is a region of the book. */
  async isInBook(tx: Tx, region: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM regions.region r JOIN platform.book b ON b.id = $1 AND starts_with(r.code, b.region)
        WHERE r.code = $2`,
      [tx.book, region],
    );
    return rows.length === 1;
  }

  async indicatorExists(tx: Tx, indicator: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM funds.indicator WHERE book = $1 AND id = $2', [
      tx.book,
      indicator,
    ]);
    return rows.length === 1;
  }

  /** Which public money the indicator is; undefined where its source is no public one. */
  async fiscalSource(tx: Tx, indicator: string): Promise<string | undefined> {
    const [row] = await tx.query<{ kind: string }>(
      `SELECT kind FROM funds.indicator_source
        WHERE book = $1 AND indicator = $2 AND kind <> ALL ($3::text[])`,
      [tx.book, indicator, NOT_PUBLIC_SOURCES],
    );
    return row?.kind;
  }

  /** Numbers it `<programme>-<year>-<region>-<n>` and returns the number. Callers queue on the programme. */
  async insert(tx: Tx, roster: NewRoster): Promise<string> {
    const [row] = await tx.query<{ no: string }>(
      `INSERT INTO compensation.roster (book, id, no, programme, indicator, region, year, as_of, supplementary_of,
              root, posts, lines, parties, area_mu100, total_fen, left_out, made_by, made_at)
       SELECT $1, $2, concat_ws('-', $3::text, $4::int, $5::text, 1 + (SELECT count(*) FROM compensation.roster o
                WHERE o.book = $1 AND o.programme = $6 AND o.year = $4 AND o.region = $5)),
              $6, $7, $5, $4, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
       RETURNING no`,
      [
        tx.book,
        roster.id,
        roster.programmeCode,
        roster.year,
        roster.region,
        roster.programme,
        roster.indicator,
        roster.asOf,
        roster.supplementaryOf,
        roster.root,
        roster.posts,
        roster.lines,
        roster.parties,
        roster.areaMu100,
        roster.totalFen,
        JSON.stringify(roster.leftOut),
        tx.context.actor,
        tx.now,
      ],
    );
    return row!.no;
  }

  /** One row a village, once the lines are written. */
  async insertVillages(tx: Tx, roster: string): Promise<void> {
    await tx.query(
      `INSERT INTO compensation.roster_village (book, roster, village, lines)
       SELECT book, roster, village, count(*) FROM compensation.roster_line
        WHERE book = $1 AND roster = $2 GROUP BY book, roster, village`,
      [tx.book, roster],
    );
  }

  /** Reads the roster and keeps others from moving it until the commit; `share` only from moving it. */
  async lock(tx: Tx, id: string, mode: 'update' | 'share' = 'update'): Promise<Roster | undefined> {
    const [row] = await tx.query<RosterRow>(
      `SELECT id, no, programme, indicator, region, year, as_of::text AS as_of, supplementary_of, root, state, posts,
              step, made_by, notice_until::text AS notice_until, notice_hash, due_fen,
              reserved_at IS NOT NULL AS is_reserved, return_to
         FROM compensation.roster WHERE book = $1 AND id = $2
          FOR ${mode === 'update' ? 'NO KEY UPDATE' : 'SHARE'}`,
      [tx.book, id],
    );
    return row && toRoster(row);
  }

  async publish(tx: Tx, id: string, notice: { from: Day; until: Day; hash: string }): Promise<void> {
    await tx.query(
      `UPDATE compensation.roster
          SET state = 'notice', notice_from = $3, notice_until = $4, notice_hash = $5, noticed_by = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, notice.from, notice.until, notice.hash, tx.context.actor],
    );
  }

  /** What the notice leaves to pay. */
  async countDue(tx: Tx, id: string): Promise<{ lines: number; parties: number; fen: bigint }> {
    const [row] = await tx.query<{ lines: number; parties: number; fen: string }>(
      `SELECT count(*)::int AS lines, count(DISTINCT party)::int AS parties, coalesce(sum(amount_fen), 0) AS fen
         FROM compensation.roster_line WHERE book = $1 AND roster = $2 AND state = 'included'`,
      [tx.book, id],
    );
    return { lines: row!.lines, parties: row!.parties, fen: BigInt(row!.fen) };
  }

  async toReview(tx: Tx, id: string, due: { lines: number; parties: number; fen: bigint }): Promise<void> {
    await tx.query(
      `UPDATE compensation.roster SET state = 'review', due_lines = $3, due_parties = $4, due_fen = $5
        WHERE book = $1 AND id = $2`,
      [tx.book, id, due.lines, due.parties, due.fen],
    );
  }

  async toVoid(tx: Tx, id: string, reason: string): Promise<void> {
    await tx.query(
      `UPDATE compensation.roster SET state = 'void', void_reason = $3, voided_by = $4, voided_at = $5
        WHERE book = $1 AND id = $2`,
      [tx.book, id, reason, tx.context.actor, tx.now],
    );
  }

  /** One more post is done; `isLinked` when it reserved the indicator, `isLast` when none is left. */
  async advance(
    tx: Tx,
    id: string,
    { isLinked, isLast }: { isLinked: boolean; isLast: boolean },
  ): Promise<void> {
    await tx.query(
      `UPDATE compensation.roster
          SET step = step + 1, reserved_at = CASE WHEN $3 THEN $5::timestamptz ELSE reserved_at END,
              state = CASE WHEN $4 THEN 'approved' ELSE state END,
              approved_at = CASE WHEN $4 THEN $5::timestamptz ELSE approved_at END
        WHERE book = $1 AND id = $2`,
      [tx.book, id, isLinked, isLast, tx.now],
    );
  }

  /** Returns false when the roster is not in the first state: another worker has been here. */
  async move(tx: Tx, id: string, from: RosterState, to: 'locking' | 'locked'): Promise<boolean> {
    const moved = await tx.execute(
      `UPDATE compensation.roster
          SET state = $4, locked_at = CASE WHEN $4 = 'locked' THEN $5::timestamptz ELSE locked_at END
        WHERE book = $1 AND id = $2 AND state = $3`,
      [tx.book, id, from, to, tx.now],
    );
    return moved === 1;
  }
}

const toRoster = (row: RosterRow): Roster => ({
  id: row.id,
  no: row.no,
  programme: row.programme,
  indicator: row.indicator,
  region: row.region,
  year: row.year,
  asOf: row.as_of,
  supplementaryOf: row.supplementary_of,
  root: row.root,
  state: row.state,
  posts: row.posts,
  step: row.step,
  madeBy: row.made_by,
  noticeUntil: row.notice_until,
  noticeHash: row.notice_hash,
  dueFen: row.due_fen === null ? null : BigInt(row.due_fen),
  isReserved: row.is_reserved,
  returnTo: row.return_to,
});
