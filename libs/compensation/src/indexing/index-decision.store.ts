import { Injectable } from '@nestjs/common';

import { newId, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { IndexDraft } from './index.rules';

/** A standard that an index starts from. */
export interface BaseStandard {
  readonly standard: string;
  readonly fenPerMu: bigint;
}

export interface IndexedStandard extends BaseStandard {
  readonly rateFenPerMu: bigint;
}

@Injectable()
export class IndexDecisionStore {
  /** The programme's standards that hold on the day before and have no end: they are what an index moves on. */
  async bases(tx: Tx, programme: string, validFrom: Day): Promise<BaseStandard[]> {
    const rows = await tx.query<{ id: string; fen: string }>(
      `SELECT id, payable_fen_per_mu AS fen FROM compensation.standard
        WHERE book = $1 AND programme = $2 AND valid @> $3::date - 1 AND upper_inf(valid)
        ORDER BY level, tenure, specificity, id`,
      [tx.book, programme, validFrom],
    );
    return rows.map(({ id, fen }) => ({ standard: id, fenPerMu: BigInt(fen) }));
  }

  /** Returns false when the programme has a decision for the day that is not rejected. */
  async insert(
    tx: Tx,
    decision: IndexDraft & { id: string; indexPpm: bigint; appliedPpm: bigint },
    results: readonly IndexedStandard[],
  ): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO compensation.index_decision (book, id, programme, valid_from, document_no, index_ppm, floor_ppm,
              cap_ppm, applied_ppm, lowest_fen_per_mu, highest_fen_per_mu, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       ON CONFLICT (book, programme, valid_from) WHERE state <> 'rejected' DO NOTHING RETURNING id`,
      [
        ...[tx.book, decision.id, decision.programme, decision.validFrom, decision.documentNo],
        ...[decision.indexPpm, decision.floorPpm, decision.capPpm, decision.appliedPpm],
        ...[decision.lowestFenPerMu, decision.highestFenPerMu, tx.context.actor, tx.now],
      ],
    );
    if (added.length === 0) return false;
    const { variables } = decision;
    await tx.query(
      `INSERT INTO compensation.index_variable (book, decision, ordinal, variable, value_ppm, weight_ppm, source, document_no)
       SELECT $1, $2, v.no, v.variable, v.value, v.weight, v.source, v.document
         FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[])
              WITH ORDINALITY AS v (variable, value, weight, source, document, no)`,
      [
        tx.book,
        decision.id,
        variables.map(({ variable }) => variable),
        variables.map(({ valuePpm }) => valuePpm.toString()),
        variables.map(({ weightPpm }) => weightPpm.toString()),
        variables.map(({ source }) => source),
        variables.map(({ documentNo }) => documentNo),
      ],
    );
    await tx.query(
      `INSERT INTO compensation.index_result (book, decision, standard, base_fen_per_mu, applied_ppm, lowest_fen_per_mu,
              highest_fen_per_mu, rate_fen_per_mu)
       SELECT $1, $2, s.standard, s.base, $3, $4, $5, s.rate
         FROM unnest($6::uuid[], $7::bigint[], $8::bigint[]) AS s (standard, base, rate)`,
      [
        ...[tx.book, decision.id, decision.appliedPpm, decision.lowestFenPerMu, decision.highestFenPerMu],
        results.map(({ standard }) => standard),
        results.map(({ fenPerMu }) => fenPerMu.toString()),
        results.map(({ rateFenPerMu }) => rateFenPerMu.toString()),
      ],
    );
    return true;
  }

  async programmeOf(tx: Tx, decision: string): Promise<string | undefined> {
    const [row] = await tx.query<{ programme: string }>(
      'SELECT programme FROM compensation.index_decision WHERE book = $1 AND id = $2',
      [tx.book, decision],
    );
    return row?.programme;
  }

  /** The document of a standard that was reckoned from and does not hold on without end any more. */
  async changedBase(tx: Tx, decision: string): Promise<string | undefined> {
    const [row] = await tx.query<{ document_no: string }>(
      `SELECT s.document_no
         FROM compensation.index_result i
         JOIN compensation.index_decision d ON d.book = i.book AND d.id = i.decision
         JOIN compensation.standard s ON s.book = i.book AND s.id = i.standard
        WHERE i.book = $1 AND i.decision = $2
          AND NOT (upper_inf(s.valid) AND s.valid @> d.valid_from - 1) LIMIT 1`,
      [tx.book, decision],
    );
    return row?.document_no;
  }

  /** Ends each standard that was reckoned from the day before, and enters what follows it. Returns how many. */
  async apply(tx: Tx, decision: string): Promise<number> {
    const ended = await tx.query<{ id: string }>(
      `UPDATE compensation.standard s SET valid = daterange(lower(s.valid), d.valid_from)
         FROM compensation.index_result i
         JOIN compensation.index_decision d ON d.book = i.book AND d.id = i.decision
        WHERE i.book = $1 AND i.decision = $2 AND s.book = i.book AND s.id = i.standard RETURNING s.id`,
      [tx.book, decision],
    );
    await tx.query(
      `INSERT INTO compensation.standard (book, id, programme, level, tenure, forest_class, management_grade,
              payable_fen_per_mu, public_management_fen_per_mu, valid, document_no, recorded_by, recorded_at,
              deduction_kind, deduction_fen_per_mu, deduction_document_no, derived_from, index_decision)
       SELECT s.book, n.id, s.programme, s.level, s.tenure, s.forest_class, s.management_grade, i.rate_fen_per_mu,
              s.public_management_fen_per_mu, daterange(d.valid_from, NULL), d.document_no, $3, $4, s.deduction_kind,
              s.deduction_fen_per_mu, s.deduction_document_no, s.id, d.id
         FROM unnest($5::uuid[], $6::uuid[]) AS n (base, id)
         JOIN compensation.standard s ON s.book = $1 AND s.id = n.base
         JOIN compensation.index_result i ON i.book = s.book AND i.decision = $2 AND i.standard = s.id
         JOIN compensation.index_decision d ON d.book = i.book AND d.id = i.decision`,
      [...[tx.book, decision, tx.context.actor, tx.now], ended.map(({ id }) => id), ended.map(() => newId())],
    );
    return ended.length;
  }
}
