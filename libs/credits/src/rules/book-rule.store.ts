import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { RuleKind, RuleValue, RuleValues } from './book-rule.rules';

export type DecisionState = 'proposed' | 'approved' | 'rejected';

/** What everybody may know of a rule. */
export interface BookRule {
  readonly id: string;
  readonly kind: RuleKind;
  readonly validFrom: Day;
  readonly value: RuleValue;
  readonly documentNo: string;
  readonly source: string;
  readonly state: DecisionState;
}

export interface DecidedRule extends BookRule {
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

const COLUMNS = `r.id, r.kind, r.valid_from::text AS "validFrom", r.value, r.document_no AS "documentNo", r.source,
  r.state, r.proposed_by AS "proposedBy", r.proposed_at AS "proposedAt", r.decided_by AS "decidedBy",
  r.decided_at AS "decidedAt", r.rejection`;

@Injectable()
export class BookRuleStore {
  /** What the rule of the kind says that is in force on the day; undefined where the county has none. */
  async inForce<Kind extends RuleKind>(
    from: Pick<Database, 'query'>,
    book: number,
    kind: Kind,
    day: Day,
  ): Promise<RuleValues[Kind] | undefined> {
    const rows = await from.query<{ value: RuleValues[Kind] }>(
      `SELECT r.value FROM credits.book_rule r
        WHERE r.book = $1 AND r.kind = $2 AND r.state = 'approved' AND r.valid_from <= $3::date
        ORDER BY r.valid_from DESC LIMIT 1`,
      [book, kind, day],
    );
    return rows[0]?.value;
  }

  async insert(tx: Tx, rule: Omit<BookRule, 'state'>): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.book_rule (book, id, kind, valid_from, value, document_no, source, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[
          tx.book,
          rule.id,
          rule.kind,
          rule.validFrom,
          JSON.stringify(rule.value),
          rule.documentNo,
          rule.source,
        ],
        ...[tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<DecidedRule | undefined> {
    const rows = await tx.query<DecidedRule>(
      `SELECT ${COLUMNS} FROM credits.book_rule r WHERE r.book = $1 AND r.id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows[0];
  }

  /** The approved rule of the kind from this very day. One decision at a time: two would not see each other. */
  async approvedFrom(tx: Tx, kind: RuleKind, day: Day): Promise<string | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credits.book-rule', $1))`, [tx.book]);
    const rows = await tx.query<{ id: string }>(
      `SELECT r.id FROM credits.book_rule r
        WHERE r.book = $1 AND r.kind = $2 AND r.valid_from = $3 AND r.state = 'approved'`,
      [tx.book, kind, day],
    );
    return rows[0]?.id;
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.execute(
      `UPDATE credits.book_rule SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }

  /** By kind, the latest first. */
  list(from: Pick<Database, 'query'>, book: number): Promise<DecidedRule[]> {
    return from.query<DecidedRule>(
      `SELECT ${COLUMNS} FROM credits.book_rule r WHERE r.book = $1 ORDER BY r.kind, r.valid_from DESC, r.id LIMIT 500`,
      [book],
    );
  }
}
