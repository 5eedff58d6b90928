import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';

export interface AdjustmentDraft {
  readonly indicator: string;
  readonly documentNo: string;
  /** Above zero more, below zero less. */
  readonly changeFen: bigint;
  readonly reason: string;
  /** The day of the document. */
  readonly day: Day;
}

@Injectable()
export class AdjustmentStore {
  /** False when the document has adjusted this indicator already. */
  async insert(tx: Tx, id: string, draft: AdjustmentDraft): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO funds.adjustment (book, id, indicator, document_no, change_fen, reason, adjusted_on,
              recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (book, indicator, document_no) DO NOTHING`,
      [
        ...[tx.book, id, draft.indicator, draft.documentNo, draft.changeFen, draft.reason, draft.day],
        ...[tx.context.actor, tx.now],
      ],
    );
    return inserted === 1;
  }
}
