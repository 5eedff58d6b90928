import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { TransferState } from './custody.refusals';
import type { Difference, IssuanceBalance } from './reconcile.rules';

export interface ListedPlatform {
  readonly code: string;
  readonly name: string;
  readonly documentNo: string;
}

export interface ListedTransfer {
  readonly id: string;
  readonly direction: 'out' | 'in';
  readonly platform: string;
  readonly reference: string;
  readonly of: string | null;
  readonly partyExternalNo: string;
  readonly issuance: string;
  readonly grams: bigint;
  readonly documentNo: string;
  readonly state: TransferState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly settledAt: Date | null;
  readonly rejection: string | null;
}

/** Amounts as the wire has them. */
type Told<T> = { readonly [K in keyof T]: T[K] extends bigint ? string : T[K] };

export interface ListedStatement {
  readonly id: string;
  readonly platform: string;
  readonly day: Day;
  readonly importedAt: Date;
  readonly reconciliation: {
    readonly balances: readonly Told<IssuanceBalance>[];
    readonly differences: readonly Told<Difference>[];
    readonly confirmed: readonly string[];
    readonly failed: readonly string[];
  };
}

/** What lies with other platforms, for staff: parties by their numbers. */
@Injectable()
export class Custody {
  constructor(private readonly database: Database) {}

  platforms(book: number): Promise<ListedPlatform[]> {
    return this.database.query<ListedPlatform>(
      `SELECT p.code, p.name, p.document_no AS "documentNo" FROM credits.platform p WHERE p.book = $1 ORDER BY p.code`,
      [book],
    );
  }

  /** By id, from the one after. */
  async transfers(
    book: number,
    { after, count, state }: { after: string | null; count: number; state: TransferState | null },
  ): Promise<ListedTransfer[]> {
    const rows = await this.database.query<Omit<ListedTransfer, 'grams'> & { grams: string }>(
      `SELECT t.id, t.direction, t.platform, t.reference, t.of_transfer AS of, p.external_no AS "partyExternalNo",
              i.code AS issuance, t.grams, t.document_no AS "documentNo", t.state, t.proposed_by AS "proposedBy",
              t.proposed_at AS "proposedAt", t.decided_by AS "decidedBy", t.decided_at AS "decidedAt",
              t.settled_at AS "settledAt", t.rejection
         FROM credits.transfer t
         JOIN credits.issuance i ON i.book = t.book AND i.id = t.issuance
         JOIN registry.party p ON p.book = t.book AND p.id = t.party
        WHERE t.book = $1 AND ($2::uuid IS NULL OR t.id > $2) AND ($3::text IS NULL OR t.state = $3)
        ORDER BY t.id LIMIT $4`,
      [book, after, state, count],
    );
    return rows.map((row) => ({ ...row, grams: BigInt(row.grams) }));
  }

  /** The newest first. */
  statements(book: number, count: number): Promise<ListedStatement[]> {
    return this.database.query<ListedStatement>(
      `SELECT s.id, s.platform, s.day::text AS day, s.imported_at AS "importedAt", s.reconciliation
         FROM credits.custody_statement s WHERE s.book = $1 ORDER BY s.imported_at DESC, s.id LIMIT $2`,
      [book, count],
    );
  }
}
