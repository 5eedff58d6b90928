import { Injectable } from '@nestjs/common';

import type { Tx } from '@app/platform';
import type { LineDraft } from './draft.rules';
import type { DueEntitlement } from '../entitlements/entitlement.store';
import type { Roster } from './roster.store';

export type RosterLineState = 'included' | 'objected' | 'dismissed' | 'carried' | 'excluded';

export type RosterHome = Pick<Roster, 'id' | 'root' | 'programme' | 'year'>;

export interface SupplementTotals {
  readonly lines: number;
  readonly parties: number;
  readonly areaMu100: bigint;
  readonly totalFen: bigint;
}

/** What a line is made of, as it is carried from one roster to another. */
const FACTS = `entitlement, village, parcel, party, right_share, standard, quality_result, area_mu100, fen_per_mu, deduction_fen_per_mu,
              quality_ppm, share_ppm, parcel_fen, amount_fen`;

/**
 * A settled line may move on while its right, its registration, its scope and its standard are what they were. An
 * entitlement does not change.
 */
const STILL_STANDS = `
  (l.entitlement IS NOT NULL OR EXISTS (SELECT FROM registry.right_share s
            JOIN registry.parcel p ON p.book = s.book AND p.id = s.parcel
            JOIN compensation.standard t ON t.book = s.book AND t.id = l.standard
           WHERE s.book = l.book AND s.id = l.right_share AND s.valid @> r.as_of AND t.valid @> r.as_of
             AND p.right_registered AND coalesce(p.scope @> r.as_of, false)))`;

@Injectable()
export class RosterLineStore {
  /** Numbers the lines in their order, from 1: one statement, whatever their number. */
  async insert(tx: Tx, home: RosterHome, lines: readonly LineDraft[]): Promise<void> {
    await tx.query(
      `INSERT INTO compensation.roster_line (book, roster, root, programme, year, no, ${FACTS})
       SELECT $1, $2, $3, $4, $5, no, ${FACTS}
         FROM unnest($6::uuid[], $7::text[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[], $13::bigint[],
                     $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[])
              WITH ORDINALITY AS l (${FACTS}, no)`,
      [
        tx.book,
        home.id,
        home.root,
        home.programme,
        home.year,
        lines.map(() => null),
        lines.map((line) => line.village),
        lines.map((line) => line.parcel),
        lines.map((line) => line.party),
        lines.map((line) => line.right),
        lines.map((line) => line.standard),
        lines.map((line) => line.qualityResult),
        lines.map((line) => line.areaMu100.toString()),
        lines.map((line) => line.fenPerMu.toString()),
        lines.map((line) => line.deductionFenPerMu.toString()),
        lines.map((line) => line.qualityPpm.toString()),
        lines.map((line) => line.sharePpm.toString()),
        lines.map((line) => line.parcelFen.toString()),
        lines.map((line) => line.amountFen.toString()),
      ],
    );
  }

  /** Lines of what is owed otherwise than by land, numbered in their order. */
  async insertEntitled(tx: Tx, home: RosterHome, lines: readonly DueEntitlement[]): Promise<void> {
    await tx.query(
      `INSERT INTO compensation.roster_line (book, roster, root, programme, year, no, village, party, entitlement, amount_fen)
       SELECT $1, $2, $3, $4, $5, no, l.village, l.party, l.entitlement, l.amount_fen
         FROM unnest($6::text[], $7::uuid[], $8::uuid[], $9::bigint[])
              WITH ORDINALITY AS l (village, party, entitlement, amount_fen, no)`,
      [
        ...[tx.book, home.id, home.root, home.programme, home.year],
        lines.map((line) => line.village),
        lines.map((line) => line.party),
        lines.map((line) => line.entitlement),
        lines.map((line) => line.amountFen.toString()),
      ],
    );
  }

  /** Reads a line and keeps others from moving it until the commit. */
  async lock(
    tx: Tx,
    roster: string,
    no: number,
  ): Promise<{ village: string; state: RosterLineState } | undefined> {
    const [row] = await tx.query<{ village: string; state: RosterLineState }>(
      `SELECT village, state FROM compensation.roster_line
        WHERE book = $1 AND roster = $2 AND no = $3 FOR NO KEY UPDATE`,
      [tx.book, roster, no],
    );
    return row;
  }

  async setState(tx: Tx, roster: string, no: number, state: RosterLineState): Promise<void> {
    await tx.query(
      'UPDATE compensation.roster_line SET state = $4 WHERE book = $1 AND roster = $2 AND no = $3',
      [tx.book, roster, no, state],
    );
  }

  /** What a supplementary roster would collect, and how many settled lines it has to leave. */
  async toSupplement(tx: Tx, roster: string): Promise<SupplementTotals & { readonly changedSince: number }> {
    const [row] = await tx.query<{
      lines: number;
      parties: number;
      area_mu100: string;
      total_fen: string;
      changed_since: number;
    }>(
      `WITH settled AS (
         SELECT l.party, l.parcel, l.area_mu100, l.amount_fen, ${STILL_STANDS} AS stands
           FROM compensation.roster_line l JOIN compensation.roster r ON r.book = l.book AND r.id = l.roster
          WHERE l.book = $1 AND l.roster = $2 AND l.state = 'dismissed')
       SELECT count(*) FILTER (WHERE stands)::int AS lines, count(DISTINCT party) FILTER (WHERE stands)::int AS parties,
              coalesce((SELECT sum(p.area_mu100) FROM (
                SELECT DISTINCT parcel, area_mu100 FROM settled WHERE stands) p), 0) AS area_mu100,
              coalesce(sum(amount_fen) FILTER (WHERE stands), 0) AS total_fen,
              count(*) FILTER (WHERE NOT stands)::int AS changed_since
         FROM settled`,
      [tx.book, roster],
    );
    return {
      lines: row!.lines,
      parties: row!.parties,
      areaMu100: BigInt(row!.area_mu100),
      totalFen: BigInt(row!.total_fen),
      changedSince: row!.changed_since,
    };
  }

  /** Moves the settled lines of one roster into another, in their order. Returns how many. */
  async carry(tx: Tx, from: string, to: RosterHome): Promise<number> {
    return tx.execute(
      `WITH carried AS (
         UPDATE compensation.roster_line l SET state = 'carried', carried_to = $3
           FROM compensation.roster r
          WHERE l.book = $1 AND l.roster = $2 AND l.state = 'dismissed'
            AND r.book = l.book AND r.id = l.roster AND ${STILL_STANDS}
         RETURNING l.*)
       INSERT INTO compensation.roster_line (book, roster, root, programme, year, no, ${FACTS})
       SELECT $1, $3, $4, $5, $6, row_number() OVER (ORDER BY no), ${FACTS}
         FROM carried`,
      [tx.book, from, to.id, to.root, to.programme, to.year],
    );
  }

  /**
   * Takes the lines of a void roster out of payment. Those of a first roster free their parcels; those of a
   * supplement wait, settled, for another one.
   */
  async giveUp(tx: Tx, roster: string, isSupplement: boolean): Promise<void> {
    await tx.query(
      `UPDATE compensation.roster_line SET state = CASE WHEN $3 THEN 'dismissed' ELSE 'excluded' END
        WHERE book = $1 AND roster = $2
          AND (state = 'included' OR NOT $3 AND state IN ('objected', 'dismissed'))`,
      [tx.book, roster, isSupplement],
    );
  }
}
