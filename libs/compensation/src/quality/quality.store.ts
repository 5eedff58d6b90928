import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';

export interface QualityDraft {
  /** A village, a township, the county: the nearest above a parcel counts. */
  readonly region: string;
  readonly grade: string;
  readonly multiplierPpm: bigint;
  readonly validFrom: Day;
  /** The last day; open when left out. */
  readonly validUntil?: Day | undefined;
  readonly documentNo: string;
  /** What it rests on, and where that lies. */
  readonly evidence: string;
}

@Injectable()
export class QualityStore {
  async insert(tx: Tx, id: string, draft: QualityDraft): Promise<void> {
    await tx.query(
      `INSERT INTO compensation.quality_result (book, id, region, grade, multiplier_ppm, valid, document_no, evidence,
              proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, daterange($6::date, $7::date, '[]'), $8, $9, $10, $11)`,
      [
        ...[tx.book, id, draft.region, draft.grade, draft.multiplierPpm, draft.validFrom],
        ...[draft.validUntil ?? null, draft.documentNo, draft.evidence, tx.context.actor, tx.now],
      ],
    );
  }

  /** One after another for a region, until the commit: results that are approved at once then see each other. */
  async queue(tx: Tx, id: string): Promise<string | undefined> {
    const [row] = await tx.query<{ region: string }>(
      'SELECT region FROM compensation.quality_result WHERE book = $1 AND id = $2',
      [tx.book, id],
    );
    if (row)
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('compensation.quality/' || $1, $2))`, [
        row.region,
        tx.book,
      ]);
    return row?.region;
  }

  /** Ends the open approved result of the region that this one follows. */
  async endBefore(tx: Tx, id: string): Promise<void> {
    await tx.query(
      `UPDATE compensation.quality_result o SET valid = daterange(lower(o.valid), lower(n.valid))
         FROM compensation.quality_result n
        WHERE n.book = $1 AND n.id = $2 AND o.book = n.book AND o.region = n.region AND o.state = 'approved'
          AND o.id <> n.id AND upper_inf(o.valid) AND lower(o.valid) < lower(n.valid)`,
      [tx.book, id],
    );
  }

  /** Document of an approved result of the region that holds on some of the days. */
  async overlapping(tx: Tx, id: string): Promise<string | undefined> {
    const [row] = await tx.query<{ document_no: string }>(
      `SELECT o.document_no FROM compensation.quality_result o
         JOIN compensation.quality_result n ON n.book = o.book AND n.region = o.region AND n.valid && o.valid
        WHERE n.book = $1 AND n.id = $2 AND o.id <> n.id AND o.state = 'approved' LIMIT 1`,
      [tx.book, id],
    );
    return row?.document_no;
  }
}
