import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Reconciliation, StatementLine } from './reconcile.rules';

export interface NewStatement {
  readonly id: string;
  readonly platform: string;
  readonly day: Day;
  readonly sha256: string;
  readonly lines: readonly StatementLine[];
  readonly reconciliation: Reconciliation;
}

@Injectable()
export class StatementStore {
  async known(tx: Tx, platform: string, day: Day, sha256: string): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM credits.custody_statement WHERE book = $1 AND platform = $2 AND day = $3 AND sha256 = $4`,
      [tx.book, platform, day, sha256],
    );
    return rows[0]?.id;
  }

  async insert(tx: Tx, { id, platform, day, sha256, lines, reconciliation }: NewStatement): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.custody_statement (book, id, platform, day, sha256, lines, reconciliation, imported_by,
              imported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[tx.book, id, platform, day, sha256, asJson(lines), asJson(reconciliation)],
        ...[tx.context.actor, tx.now],
      ],
    );
  }
}

/** jsonb carries the integers as text, as the wire does. */
export const asJson = (value: object): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
