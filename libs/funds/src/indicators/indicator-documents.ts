import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';

/** A document that brought an indicator its money, changed it, or put away what was left. */
export interface IndicatorDocument {
  readonly kind: 'allotted' | 'carried-in' | 'adjusted' | 'carried-over' | 'recovered';
  readonly documentNo: string;
  /** What `available` changed by. */
  readonly changeFen: bigint;
  readonly reason: string | null;
  /** The indicator that it was carried to or from. */
  readonly other: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

type Row = Omit<IndicatorDocument, 'changeFen'> & { readonly changeFen: string };

/** The documents of an indicator in their order: nothing adjusts it after its year's end. */
@Injectable()
export class IndicatorDocuments {
  constructor(private readonly database: Database) {}

  async of(book: number, indicator: string): Promise<IndicatorDocument[]> {
    const rows = await this.database.query<Row>(
      `SELECT kind, "documentNo", "changeFen", reason, other, "recordedBy", "recordedAt" FROM (
       SELECT CASE WHEN i.carried_from IS NULL THEN 'allotted' ELSE 'carried-in' END AS kind,
              i.doc_no AS "documentNo", i.amount_fen AS "changeFen", NULL AS reason, i.carried_from AS other,
              i.allotted_by AS "recordedBy", i.allotted_at AS "recordedAt", 1 AS place
         FROM funds.indicator i WHERE i.book = $1 AND i.id = $2
       UNION ALL
       SELECT 'adjusted', a.document_no, a.change_fen, a.reason, NULL, a.recorded_by, a.recorded_at, 2
         FROM funds.adjustment a WHERE a.book = $1 AND a.indicator = $2
       UNION ALL
       SELECT CASE y.action WHEN 'recover' THEN 'recovered' ELSE 'carried-over' END, y.document_no, -y.amount_fen,
              NULL, y.new_indicator, y.decided_by, y.decided_at, 3
         FROM funds.year_end y WHERE y.book = $1 AND y.indicator = $2 AND y.state = 'approved'
) d ORDER BY place, "recordedAt", "documentNo"`,
      [book, indicator],
    );
    return rows.map((row) => ({ ...row, changeFen: BigInt(row.changeFen) }));
  }
}
