import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database, type Tx } from '@app/platform';

export interface Consent {
  readonly id: string;
  readonly party: string;
  readonly sharePpm: bigint;
  readonly from: Day;
  /** The last day of its term. */
  readonly to: Day | null;
  readonly channel: 'paper' | 'online';
  readonly documentNo: string | null;
  readonly signedAt: Date;
  readonly revokedAt: Date | null;
}

interface ConsentRow extends Omit<Consent, 'sharePpm'> {
  readonly sharePpm: string;
}

const COLUMNS = `c.id, c.party, c.share_ppm AS "sharePpm", lower(c.valid)::text AS "from",
  (upper(c.valid) - 1)::text AS "to", c.channel, c.document_no AS "documentNo", c.signed_at AS "signedAt",
  c.revoked_at AS "revokedAt"`;

const toConsent = (row: ConsentRow): Consent => ({ ...row, sharePpm: BigInt(row.sharePpm) });

@Injectable()
export class ConsentStore {
  constructor(private readonly database: Database) {}

  /** Newest first, revoked ones too. */
  async ofParties(book: number, parties: readonly string[]): Promise<Consent[]> {
    const rows = await this.database.query<ConsentRow>(
      `SELECT ${COLUMNS} FROM registry.consent c WHERE c.book = $1 AND c.party = ANY ($2::uuid[])
        ORDER BY c.signed_at DESC, c.id`,
      [book, parties],
    );
    return rows.map(toConsent);
  }

  /** Returns false when a consent that is not revoked already covers some of its days. */
  async insertOnline(
    tx: Tx,
    consent: { id: string; party: string; sharePpm: bigint; from: Day; to: Day },
  ): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO registry.consent (book, id, party, share_ppm, valid, channel, signed_at, recorded_by,
              recorded_at)
       VALUES ($1, $2, $3, $4, daterange($5::date, $6::date, '[]'), 'online', $7, $8, $7)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        tx.book,
        consent.id,
        consent.party,
        consent.sharePpm.toString(),
        consent.from,
        consent.to,
        tx.now,
        tx.context.actor,
      ],
    );
    return rows.length === 1;
  }

  /** The consent in the way of these days. */
  async meeting(tx: Tx, party: string, from: Day, to: Day): Promise<Consent | undefined> {
    const rows = await tx.query<ConsentRow>(
      `SELECT ${COLUMNS} FROM registry.consent c
        WHERE c.book = $1 AND c.party = $2 AND c.revoked_at IS NULL
          AND c.valid && daterange($3::date, $4::date, '[]')
        ORDER BY lower(c.valid) LIMIT 1`,
      [tx.book, party, from, to],
    );
    return rows[0] && toConsent(rows[0]);
  }

  /** One of these parties' consents. */
  async find(tx: Tx, id: string, parties: readonly string[]): Promise<Consent | undefined> {
    const rows = await tx.query<ConsentRow>(
      `SELECT ${COLUMNS} FROM registry.consent c
        WHERE c.book = $1 AND c.id = $2 AND c.party = ANY ($3::uuid[])`,
      [tx.book, id, parties],
    );
    return rows[0] && toConsent(rows[0]);
  }

  /** Ends every consent of a party that is not revoked: nobody sells for who is no more. */
  async revokeAll(tx: Tx, party: string): Promise<void> {
    await tx.execute(
      `UPDATE registry.consent SET revoked_at = $3, revoked_by = $4
        WHERE book = $1 AND party = $2 AND revoked_at IS NULL`,
      [tx.book, party, tx.now, tx.context.actor],
    );
  }

  /** Returns false when it was revoked already. */
  async revoke(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE registry.consent SET revoked_at = $3, revoked_by = $4
        WHERE book = $1 AND id = $2 AND revoked_at IS NULL RETURNING id`,
      [tx.book, id, tx.now, tx.context.actor],
    );
    return rows.length === 1;
  }
}
