import { Injectable } from '@nestjs/common';

import { idOf, type Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { DecisionState } from '../rules/book-rule.store';
import type { PlotPair } from './growth.rules';
import type { KnownPlot, SurveyRow } from './survey.rules';

export interface SurveyRound {
  readonly id: string;
  readonly code: string;
  readonly documentNo: string;
  readonly plots: number;
  /** The first and the last day on which a plot was measured. */
  readonly from: Day;
  readonly to: Day;
  readonly state: DecisionState;
  readonly proposedBy: string;
  readonly decidedBy: string | null;
  readonly rejection: string | null;
}

type Reader = Pick<Database, 'query'>;
type PlotRow = Omit<KnownPlot, 'last'> & { on: Day | null; areaM2: string | null; volumeDm3: string | null };
type PairRow = Record<keyof PlotPair, string>;

/** One round after the other: two at once would not see each other's plots. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('credits.survey', $1))`;

@Injectable()
export class SurveyStore {
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(LOCK, [tx.book]);
  }

  async isTaken(tx: Tx, code: string): Promise<boolean> {
    const rows = await tx.query(`SELECT FROM credits.survey_round WHERE book = $1 AND code = $2`, [
      tx.book,
      code,
    ]);
    return rows.length > 0;
  }

  /** The plots of these codes, as they were found last in a round that was not rejected. */
  async plots(tx: Tx, codes: readonly string[]): Promise<Map<string, KnownPlot>> {
    const rows = await tx.query<PlotRow>(
      `SELECT p.id, p.code, p.village, p.forest_class AS "forestClass", p.age_group AS "ageGroup", p.origin,
              l.measured_on::text AS on, l.area_m2 AS "areaM2", l.volume_dm3 AS "volumeDm3"
         FROM credits.sample_plot p
         LEFT JOIN LATERAL (
           SELECT m.measured_on, m.area_m2, m.volume_dm3 FROM credits.plot_measurement m
             JOIN credits.survey_round r ON r.book = m.book AND r.id = m.round AND r.state <> 'rejected'
            WHERE m.book = p.book AND m.plot = p.id ORDER BY m.measured_on DESC LIMIT 1) l ON true
        WHERE p.book = $1 AND p.code = ANY ($2::text[])`,
      [tx.book, codes],
    );
    return new Map(
      rows.map(({ on, areaM2, volumeDm3, ...plot }) => [
        plot.code,
        {
          ...plot,
          last: on === null ? null : { on, areaM2: BigInt(areaM2 ?? 0), volumeDm3: BigInt(volumeDm3 ?? 0) },
        },
      ]),
    );
  }

  /** Writes a round without fault, and the plots it found first. */
  async insert(
    tx: Tx,
    round: { id: string; code: string; documentNo: string },
    rows: readonly SurveyRow[],
    known: ReadonlyMap<string, KnownPlot>,
  ): Promise<void> {
    const idOfPlot = (code: string) =>
      known.get(code)?.id ?? idOf('credits.sample-plot', String(tx.book), code);
    const fresh = rows.filter(({ plotCode }) => !known.has(plotCode));
    await tx.execute(
      `INSERT INTO credits.sample_plot (book, id, code, village, forest_class, age_group, origin, area_m2, recorded_by,
              recorded_at)
       SELECT $1, p.*, $2, $3 FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::bigint[]) p`,
      [
        ...[tx.book, tx.context.actor, tx.now],
        fresh.map(({ plotCode }) => idOfPlot(plotCode)),
        fresh.map(({ plotCode }) => plotCode),
        fresh.map(({ villageCode }) => villageCode),
        fresh.map(({ forestClass }) => forestClass),
        fresh.map(({ ageGroup }) => ageGroup),
        fresh.map(({ origin }) => origin),
        fresh.map(({ areaM2 }) => areaM2),
      ],
    );
    await tx.execute(
      `INSERT INTO credits.survey_round (book, id, code, document_no, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [tx.book, round.id, round.code, round.documentNo, tx.context.actor, tx.now],
    );
    await tx.execute(
      `INSERT INTO credits.plot_measurement (book, round, plot, measured_on, area_m2, volume_dm3, culms)
       SELECT $1, $2, m.* FROM unnest($3::uuid[], $4::date[], $5::bigint[], $6::bigint[], $7::int[]) m`,
      [
        ...[tx.book, round.id],
        rows.map(({ plotCode }) => idOfPlot(plotCode)),
        rows.map(({ measuredOn }) => measuredOn),
        rows.map(({ areaM2 }) => areaM2),
        rows.map(({ volumeDm3 }) => volumeDm3),
        rows.map(({ culms }) => culms ?? null),
      ],
    );
  }

  async lock(tx: Tx, code: string): Promise<Pick<SurveyRound, 'id' | 'state' | 'proposedBy'> | undefined> {
    const rows = await tx.query<Pick<SurveyRound, 'id' | 'state' | 'proposedBy'>>(
      `SELECT r.id, r.state, r.proposed_by AS "proposedBy" FROM credits.survey_round r
        WHERE r.book = $1 AND r.code = $2 FOR UPDATE`,
      [tx.book, code],
    );
    return rows[0];
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.execute(
      `UPDATE credits.survey_round SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }

  /** The last measured first. */
  list(from: Reader, book: number): Promise<SurveyRound[]> {
    return from.query<SurveyRound>(
      `SELECT r.id, r.code, r.document_no AS "documentNo", m.plots, m."from", m."to", r.state,
              r.proposed_by AS "proposedBy", r.decided_by AS "decidedBy", r.rejection
         FROM credits.survey_round r
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS plots, min(q.measured_on)::text AS "from", max(q.measured_on)::text AS "to"
            FROM credits.plot_measurement q WHERE q.book = r.book AND q.round = r.id) m
        WHERE r.book = $1 ORDER BY m."to" DESC, r.code LIMIT 200`,
      [book],
    );
  }

  /** The plots that both rounds have, the earlier first. */
  async pairs(from: Reader, book: number, rounds: { since: string; until: string }): Promise<PlotPair[]> {
    const rows = await from.query<PairRow>(
      `SELECT p.code AS plot, p.forest_class AS "forestClass", p.age_group AS "ageGroup", p.origin,
              a.measured_on::text AS "from", b.measured_on::text AS "to", b.area_m2 AS "areaM2",
              a.volume_dm3 AS "volumeFromDm3", b.volume_dm3 AS "volumeToDm3"
         FROM credits.plot_measurement b
         JOIN credits.plot_measurement a ON a.book = b.book AND a.plot = b.plot AND a.round = $2
          AND a.measured_on < b.measured_on
         JOIN credits.sample_plot p ON p.book = b.book AND p.id = b.plot
        WHERE b.book = $1 AND b.round = $3 ORDER BY p.code`,
      [book, rounds.since, rounds.until],
    );
    return rows.map((row) => ({
      ...row,
      areaM2: BigInt(row.areaM2),
      volumeFromDm3: BigInt(row.volumeFromDm3),
      volumeToDm3: BigInt(row.volumeToDm3),
    }));
  }
}
