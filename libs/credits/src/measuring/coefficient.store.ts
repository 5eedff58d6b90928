import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';

/** A versioned, sourced set of coefficients. */
export interface CoefficientSet {
  readonly version: string;
  readonly method: string;
  readonly source: string;
  /** Its figures carry 示例系数，非核定值. */
  readonly illustrative: boolean;
}

/** What every figure from an illustrative set carries (claims.md). */
export const ILLUSTRATIVE_NOTE = '示例系数，非核定值';

@Injectable()
export class CoefficientStore {
  /** The newest set in force on the day; of two from one day the book's own. */
  async inForce(tx: Tx, day: Day): Promise<CoefficientSet | undefined> {
    const rows = await tx.query<CoefficientSet>(
      `SELECT version, method, source, illustrative FROM credits.coefficient_set
        WHERE state = 'approved' AND (book IS NULL OR book = $2) AND valid_from <= $1::date
        ORDER BY valid_from DESC, book NULLS LAST LIMIT 1`,
      [day, tx.book],
    );
    return rows[0];
  }
}
