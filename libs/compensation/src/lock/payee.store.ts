import { Injectable } from '@nestjs/common';

import { Database, type Tx } from '@app/platform';

/** A slice is an entry: one leg takes from the reservation, the others are payees. So much may others have to wait for. */
export const SLICE_PAYEES = 249;
/** Slices of one transaction when nobody waits: 2,000 legs. */
export const SLICES_MOST = 8;

export interface Payee {
  readonly party: string;
  readonly amountFen: bigint;
}

export interface SlicedPayee extends Payee {
  readonly slice: number;
}

@Injectable()
export class PayeeStore {
  constructor(private readonly database: Database) {}

  /** One payee a party, the sum of its included lines, in order of the party's id, cut into slices. */
  async prepare(tx: Tx, roster: string): Promise<void> {
    await tx.query(
      `INSERT INTO compensation.roster_payee (book, roster, ordinal, party, lines, amount_fen, slice)
       SELECT $1, $2, n.ordinal, n.party, n.lines, n.amount_fen, (n.ordinal - 1) / $3::int + 1
         FROM (SELECT row_number() OVER (ORDER BY party)::int AS ordinal, party, count(*) AS lines,
                      sum(amount_fen) AS amount_fen
                 FROM compensation.roster_line
                WHERE book = $1 AND roster = $2 AND state = 'included' GROUP BY party) n`,
      [tx.book, roster, SLICE_PAYEES],
    );
    await tx.query(
      `INSERT INTO compensation.roster_slice (book, roster, slice, payees, amount_fen)
       SELECT book, roster, slice, count(*), sum(amount_fen)
         FROM compensation.roster_payee WHERE book = $1 AND roster = $2 GROUP BY book, roster, slice`,
      [tx.book, roster],
    );
  }

  async openSlices(book: number, roster: string): Promise<number[]> {
    const rows = await this.database.query<{ slice: number }>(
      `SELECT slice FROM compensation.roster_slice
        WHERE book = $1 AND roster = $2 AND locked_at IS NULL ORDER BY slice`,
      [book, roster],
    );
    return rows.map(({ slice }) => slice);
  }

  /** Takes slices for this transaction; those that another has locked are not among the answer. */
  async claimSlices(tx: Tx, roster: string, slices: readonly number[]): Promise<number[]> {
    const rows = await tx.query<{ slice: number }>(
      `WITH claimed AS (
         UPDATE compensation.roster_slice SET locked_at = $4
          WHERE book = $1 AND roster = $2 AND slice = ANY ($3::int[]) AND locked_at IS NULL RETURNING slice)
       SELECT slice FROM claimed ORDER BY slice`,
      [tx.book, roster, slices, tx.now],
    );
    return rows.map(({ slice }) => slice);
  }

  /** The payees of the whole roster, in order. */
  async list(tx: Tx, roster: string): Promise<Payee[]> {
    return (await this.read(tx, roster, null)).map(({ party, amountFen }) => ({ party, amountFen }));
  }

  /** The payees of some slices, in order. */
  async listSlices(tx: Tx, roster: string, slices: readonly number[]): Promise<SlicedPayee[]> {
    return this.read(tx, roster, slices);
  }

  private async read(tx: Tx, roster: string, slices: readonly number[] | null): Promise<SlicedPayee[]> {
    const rows = await tx.query<{ party: string; amount_fen: string; slice: number }>(
      `SELECT party, amount_fen, slice FROM compensation.roster_payee
        WHERE book = $1 AND roster = $2 AND ($3::int[] IS NULL OR slice = ANY ($3)) ORDER BY ordinal`,
      [tx.book, roster, slices],
    );
    return rows.map(({ party, amount_fen, slice }) => ({ party, amountFen: BigInt(amount_fen), slice }));
  }

  /** Notes which payment line pays each payee: the basis numbers its lines in the order they were given. */
  async linkPaymentLines(tx: Tx, roster: string, basis: string): Promise<void> {
    await tx.query(
      `UPDATE compensation.roster_payee y SET payment_line = l.id
         FROM disbursement.payment_line l
        WHERE y.book = $1 AND y.roster = $2 AND l.book = y.book AND l.basis = $3 AND l.ordinal = y.ordinal
          AND l.party = y.party`,
      [tx.book, roster, basis],
    );
  }
}
