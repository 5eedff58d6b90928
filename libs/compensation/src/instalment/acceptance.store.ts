import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';

export interface AcceptanceDraft {
  readonly contract: string;
  /** Which year since planting. */
  readonly yearNo: number;
  readonly areaMu100: bigint;
  readonly inspectedOn: Day;
  readonly documentNo: string;
  /** 管护责任落实. */
  readonly tended: boolean;
}

@Injectable()
export class AcceptanceStore {
  /** Returns false when the year of the contract has an acceptance that is not rejected. */
  async insert(tx: Tx, id: string, draft: AcceptanceDraft): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO compensation.instalment_acceptance (book, id, contract, year_no, area_mu100, inspected_on, document_no,
              tended, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (book, contract, year_no) WHERE state <> 'rejected' DO NOTHING RETURNING id`,
      [
        ...[tx.book, id, draft.contract, draft.yearNo, draft.areaMu100, draft.inspectedOn],
        ...[draft.documentNo, draft.tended, tx.context.actor, tx.now],
      ],
    );
    return rows.length === 1;
  }

  async find(tx: Tx, id: string): Promise<AcceptanceDraft | undefined> {
    const [row] = await tx.query<Omit<AcceptanceDraft, 'areaMu100'> & { areaMu100: string }>(
      `SELECT contract, year_no AS "yearNo", area_mu100 AS "areaMu100", inspected_on::text AS "inspectedOn",
              document_no AS "documentNo", tended
         FROM compensation.instalment_acceptance WHERE book = $1 AND id = $2`,
      [tx.book, id],
    );
    return row && { ...row, areaMu100: BigInt(row.areaMu100) };
  }

  async confirm(tx: Tx, id: string, provinceDocumentNo: string): Promise<void> {
    await tx.query(
      `UPDATE compensation.instalment_acceptance SET province_document_no = $3
        WHERE book = $1 AND id = $2 AND state = 'proposed'`,
      [tx.book, id, provinceDocumentNo],
    );
  }
}
