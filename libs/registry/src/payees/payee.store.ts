import { Injectable } from '@nestjs/common';

import { dayOf, invariant, newId, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Queries } from '../party.store';
import type { OrderedPayeeReason, PayeeReason } from './payee.rules';

/** Who is paid in a holder's place. */
export interface Payee {
  readonly id: string;
  readonly party: string;
  readonly partyExternalNo: string;
  readonly payee: string;
  readonly payeeExternalNo: string;
  readonly payeeName: string;
  readonly reason: PayeeReason;
  readonly from: Day | null;
  /** The last day; until an order ends it when null. */
  readonly to: Day | null;
  readonly documentNo: string;
}

export interface NewPayee {
  readonly party: string;
  readonly payee: string;
  readonly from: Day;
  readonly documentNo: string;
  readonly order: string;
}

const COLUMNS = `y.id, y.party, t.external_no AS "partyExternalNo", y.payee, o.external_no AS "payeeExternalNo",
  o.name AS "payeeName", y.reason, lower(y.valid)::text AS "from", (upper(y.valid) - 1)::text AS "to",
  y.document_no AS "documentNo"`;
const FROM = `registry.payee y JOIN registry.party t ON t.book = y.book AND t.id = y.party
  JOIN registry.party o ON o.book = y.book AND o.id = y.payee`;

@Injectable()
export class PayeeStore {
  /** Somebody is paid in its place today or later. */
  async has(tx: Tx, party: string): Promise<boolean> {
    return (await this.current(tx, party)) !== undefined;
  }

  /** Who is paid in its place today, or from a later day. */
  async current(tx: Tx, party: string): Promise<Payee | undefined> {
    const rows = await tx.query<Payee>(
      `SELECT ${COLUMNS} FROM ${FROM}
        WHERE y.book = $1 AND y.party = $2 AND NOT isempty(y.valid) AND coalesce(upper(y.valid), 'infinity') > $3::date
        ORDER BY lower(y.valid) LIMIT 1`,
      [tx.book, party, dayOf(tx.now)],
    );
    return rows[0];
  }

  /** By the day it begins: those of a party, or where it is paid in another's place. */
  async ofParty(from: Queries, book: number, party: string): Promise<Payee[]> {
    return from.query<Payee>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE y.book = $1 AND $2 IN (y.party, y.payee) AND NOT isempty(y.valid)
        ORDER BY lower(y.valid) DESC, y.id LIMIT 200`,
      [book, party],
    );
  }

  /** Ends it on the day before, or before it began. */
  async end(tx: Tx, id: string, from: Day, order: string): Promise<void> {
    const count = await tx.execute(
      `UPDATE registry.payee y SET valid = daterange(lower(y.valid), greatest(lower(y.valid), $3::date)), ended_by = $4
        WHERE y.book = $1 AND y.id = $2`,
      [tx.book, id, from, order],
    );
    invariant(count === 1, 'the payee of a locked party is there');
  }

  async insert(tx: Tx, payee: NewPayee & { readonly reason: OrderedPayeeReason; readonly to: Day | null }) {
    await this.write(tx, payee, payee.reason, payee.to, 'payee_order');
  }

  /** 并户: what is still due to a household that joined another. */
  async succeed(tx: Tx, payee: NewPayee): Promise<void> {
    await this.write(tx, payee, 'merged', null, 'party_order');
  }

  private async write(
    tx: Tx,
    { party, payee, from, documentNo, order }: NewPayee,
    reason: PayeeReason,
    to: Day | null,
    by: 'payee_order' | 'party_order',
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO registry.payee (book, id, party, payee, reason, valid, document_no, ${by}, recorded_at)
       VALUES ($1, $2, $3, $4, $5, daterange($6::date, $7::date, '[]'), $8, $9, $10)`,
      [tx.book, newId(), party, payee, reason, from, to, documentNo, order, tx.now],
    );
  }
}
