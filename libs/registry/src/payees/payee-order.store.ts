import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Queries } from '../party.store';
import type { OrderedPayeeReason } from './payee.rules';

export type PayeeOrderState = 'proposed' | 'approved' | 'rejected';

export interface PaidParty {
  readonly id: string;
  readonly externalNo: string;
  readonly name: string;
  readonly region: string;
}

interface PayeeOrderTerms {
  readonly id: string;
  readonly reason: OrderedPayeeReason | null;
  readonly from: Day;
  readonly to: Day | null;
  readonly documentNo: string;
  readonly evidence: string;
  /** Who was paid instead when it was proposed. */
  readonly replaces: string | null;
}

export interface NewPayeeOrder extends PayeeOrderTerms {
  readonly party: string;
  readonly payee: string | null;
}

export interface PayeeOrder extends PayeeOrderTerms {
  readonly party: PaidParty;
  /** Who is paid; nobody else any more when null. */
  readonly payee: PaidParty | null;
  readonly state: PayeeOrderState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
}

export interface PayeeOrderFilter {
  /** Holders of these regions only. */
  readonly scope: readonly string[];
  readonly state?: PayeeOrderState | undefined;
  /** The order after which the page begins. */
  readonly after?: string | undefined;
  readonly count: number;
}

const named = (alias: string): string =>
  `jsonb_build_object('id', ${alias}.id, 'externalNo', ${alias}.external_no, 'name', ${alias}.name, 'region', ${alias}.region)`;
const COLUMNS = `o.id, ${named('t')} AS party, CASE WHEN y.id IS NOT NULL THEN ${named('y')} END AS payee, o.reason,
  o.from_day::text AS "from", o.to_day::text AS "to", o.document_no AS "documentNo", o.evidence, o.replaces, o.state,
  o.proposed_by AS "proposedBy", o.proposed_at AS "proposedAt", o.decided_by AS "decidedBy",
  o.decided_at AS "decidedAt", o.rejection`;
const FROM = `registry.payee_order o JOIN registry.party t ON t.book = o.book AND t.id = o.party
  LEFT JOIN registry.party y ON y.book = o.book AND y.id = o.payee`;

@Injectable()
export class PayeeOrderStore {
  async insert(tx: Tx, order: NewPayeeOrder): Promise<void> {
    await tx.query(
      `INSERT INTO registry.payee_order (book, id, party, payee, reason, from_day, to_day, document_no, evidence, replaces,
              proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[tx.book, order.id, order.party, order.payee, order.reason, order.from, order.to],
        ...[order.documentNo, order.evidence, order.replaces, tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<PayeeOrder | undefined> {
    const rows = await tx.query<PayeeOrder>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE o.book = $1 AND o.id = $2 FOR UPDATE OF o`,
      [tx.book, id],
    );
    return rows[0];
  }

  /** The newest first. */
  async list(from: Queries, book: number, filter: PayeeOrderFilter): Promise<PayeeOrder[]> {
    return from.query<PayeeOrder>(
      `SELECT ${COLUMNS} FROM ${FROM}
        WHERE o.book = $1 AND ($2::text IS NULL OR o.state = $2)
          AND EXISTS (SELECT FROM unnest($3::text[]) own WHERE starts_with(t.region, own))
          AND ($4::uuid IS NULL OR (o.proposed_at, o.id) < (
                SELECT a.proposed_at, a.id FROM registry.payee_order a WHERE a.book = $1 AND a.id = $4))
        ORDER BY o.proposed_at DESC, o.id DESC LIMIT $5`,
      [book, filter.state ?? null, filter.scope, filter.after ?? null, filter.count],
    );
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.query(
      `UPDATE registry.payee_order SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'approved' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }
}
