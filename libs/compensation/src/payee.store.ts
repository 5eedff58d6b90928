import { Injectable } from '@nestjs/common';

import { Database, type Tx } from '@app/platform';

/** One leg takes from the reservation; the others are payees: 2,000 legs an entry at most. */
export const SLICE_PAYEES = 1_999;

export interface Payee {
  readonly party: string;
  readonly amountFen: bigint;
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

  /** Takes a slice for this transaction; returns false when another has locked it. */
  async claimSlice(tx: Tx, roster: string, slice: number): Promise<boolean> {
    const claimed = await tx.execute(
      `UPDATE compensation.roster_slice SET locked_at = $4
        WHERE book = $1 AND roster = $2 AND slice = $3 AND locked_at IS NULL`,
      [tx.book, roster, slice, tx.now],
    );
    return claimed === 1;
  }

  /** The payees of a slice, or of the whole roster, in order. */
  async list(tx: Tx, roster: string, slice?: number): Promise<Payee[]> {
    const rows = await tx.query<{ party: string; amount_fen: string }>(
      `SELECT party, amount_fen FROM compensation.roster_payee
        WHERE book = $1 AND roster = $2 AND slice = coalesce($3::int, slice) ORDER BY ordinal`,
      [tx.book, roster, slice ?? null],
    );
    return rows.map((row) => ({ party: row.party, amountFen: BigInt(row.amount_fen) }));
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
