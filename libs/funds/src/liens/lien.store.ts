import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import type { LienDraft } from './lien.rules';
import type { LienState } from './lien.words';

/** A pledge as it may be shown: of the account its bank and last digits. */
export interface Lien extends Omit<LienDraft, 'account'> {
  readonly id: string;
  readonly account: { readonly bank: string; readonly last4: string };
  readonly state: LienState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly rejection: string | null;
  readonly releaseDocumentNo: string | null;
  readonly releasedBy: string | null;
  readonly releasedOn: Day | null;
}

export interface LienFilter {
  readonly parties?: readonly string[];
  readonly state?: LienState;
  /** Regions the reader is responsible for; all without it. */
  readonly regions?: readonly string[];
}

type Row = Omit<Lien, 'amountFen'> & { readonly amountFen: string };
const toLien = (row: Row): Lien => ({ ...row, amountFen: BigInt(row.amountFen) });

const COLUMNS = `l.id, l.certificate_no AS "certificateNo", l.party, l.programme, l.lender,
  l.amount_fen AS "amountFen", lower(l.term)::text AS "from", (upper(l.term) - 1)::text AS "to",
  l.registration_no AS "registrationNo", l.document_no AS "documentNo",
  jsonb_build_object('bank', l.account_bank, 'last4', l.account_last4) AS account, l.state,
  l.proposed_by AS "proposedBy", l.proposed_at AS "proposedAt", l.decided_by AS "decidedBy",
  l.decided_at AS "decidedAt", l.rejection, l.release_document_no AS "releaseDocumentNo",
  l.released_by AS "releasedBy", l.released_on::text AS "releasedOn"`;

@Injectable()
export class LienStore {
  /** Pledges of a book are registered one after the other, so that the one in the way can be named. */
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('funds.lien'), $1::int)`, [tx.book]);
  }

  async regionOf(tx: Tx, party: string): Promise<string | undefined> {
    const rows = await tx.query<{ region: string }>(
      'SELECT region FROM registry.party WHERE book = $1 AND id = $2',
      [tx.book, party],
    );
    return rows[0]?.region;
  }

  /** The pledge of the same income on one of these days, or of the same certificate. */
  async inTheWay(tx: Tx, draft: LienDraft): Promise<Lien | undefined> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM funds.lien l
        WHERE l.book = $1 AND (l.state IN ('proposed', 'live') AND l.party = $2 AND l.programme = $3
              AND l.term && daterange($4::date, $5::date, '[]')
            OR l.certificate_no = $6 AND l.state <> 'rejected') LIMIT 1`,
      [tx.book, draft.party, draft.programme, draft.from, draft.to, draft.certificateNo],
    );
    return rows.map(toLien)[0];
  }

  async insert(tx: Tx, id: string, draft: LienDraft, sealed: Buffer): Promise<void> {
    await tx.execute(
      `INSERT INTO funds.lien (book, id, certificate_no, party, programme, lender, amount_fen, term, registration_no,
              document_no, account_bank, account_sealed, account_last4, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, daterange($8::date, $9::date, '[]'), $10, $11, $12, $13, $14, $15, $16)`,
      [
        ...[tx.book, id, draft.certificateNo, draft.party, draft.programme, draft.lender, draft.amountFen],
        ...[draft.from, draft.to, draft.registrationNo, draft.documentNo, draft.account.bank, sealed],
        ...[draft.account.number.slice(-4), tx.context.actor, tx.now],
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<Lien | undefined> {
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM funds.lien l WHERE l.book = $1 AND l.id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows.map(toLien)[0];
  }

  async decide(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await tx.execute(
      `UPDATE funds.lien SET state = $3, decided_by = $4, decided_at = $5, rejection = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, rejection === null ? 'live' : 'rejected', tx.context.actor, tx.now, rejection],
    );
  }

  async release(tx: Tx, id: string, documentNo: string, day: Day): Promise<void> {
    await tx.execute(
      `UPDATE funds.lien SET state = 'released', release_document_no = $3, released_by = $4, released_on = $5
        WHERE book = $1 AND id = $2`,
      [tx.book, id, documentNo, tx.context.actor, day],
    );
  }

  /** The last first. */
  async list(from: Pick<Database, 'query'>, book: number, filter: LienFilter): Promise<Lien[]> {
    const rows = await from.query<Row>(
      `SELECT ${COLUMNS} FROM funds.lien l JOIN registry.party p ON p.book = l.book AND p.id = l.party
        WHERE l.book = $1 AND ($2::uuid[] IS NULL OR l.party = ANY ($2)) AND ($3::text IS NULL OR l.state = $3)
          AND ($4::text[] IS NULL OR EXISTS (SELECT FROM unnest($4) AS r (code) WHERE starts_with(p.region, r.code)))
        ORDER BY l.proposed_at DESC, l.id LIMIT 500`,
      [book, filter.parties ?? null, filter.state ?? null, filter.regions ?? null],
    );
    return rows.map(toLien);
  }

  async liveOn(
    from: Pick<Database, 'query'>,
    book: number,
    parties: readonly string[],
    day: Day,
  ): Promise<Lien[]> {
    const rows = await from.query<Row>(
      `SELECT ${COLUMNS} FROM funds.lien l
        WHERE l.book = $1 AND l.party = ANY ($2::uuid[]) AND l.state = 'live' AND l.term @> $3::date
        ORDER BY l.party, l.programme`,
      [book, parties, day],
    );
    return rows.map(toLien);
  }

  async sealedAccounts(
    from: Pick<Database, 'query'>,
    book: number,
    liens: readonly string[],
  ): Promise<{ lien: string; bank: string; sealed: Buffer; lender: string }[]> {
    return from.query(
      `SELECT id AS lien, account_bank AS bank, account_sealed AS sealed, lender FROM funds.lien
        WHERE book = $1 AND id = ANY ($2::uuid[])`,
      [book, liens],
    );
  }
}
