import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { MethodKind } from '../methodology/stock-change.rules';

/** A versioned, sourced set of coefficients. */
export interface CoefficientSet {
  readonly version: string;
  readonly method: string;
  readonly source: string;
  /** Its figures carry 示例系数，非核定值. */
  readonly illustrative: boolean;
}

/** The sets a period is measured with, and which classes of forest are measured by the growth of their stock. */
export interface MeasuringSets {
  readonly coefficient: CoefficientSet;
  /** Null where no class is. */
  readonly stockChange: CoefficientSet | null;
  readonly stockChangeClasses: readonly string[];
}

/** What every figure from an illustrative set carries (claims.md). */
export const ILLUSTRATIVE_NOTE = '示例系数，非核定值';

@Injectable()
export class CoefficientStore {
  /** The newest set of the method in force on the day; of two from one day the book's own. */
  async inForce(tx: Tx, day: Day, kind: MethodKind): Promise<CoefficientSet | undefined> {
    const rows = await tx.query<CoefficientSet>(
      `SELECT version, method, source, illustrative FROM credits.coefficient_set
        WHERE state = 'approved' AND method_kind = $3 AND (book IS NULL OR book = $2) AND valid_from <= $1::date
        ORDER BY valid_from DESC, book NULLS LAST LIMIT 1`,
      [day, tx.book, kind],
    );
    return rows[0];
  }
}
