import { Injectable } from '@nestjs/common';

import { canonicalHash } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Reader } from '../products/product.store';
import type { Statement } from './statement.rules';

export interface Certificate {
  readonly number: string;
  readonly cardId: string;
  readonly grams: bigint;
  /** Printed serial ranges. */
  readonly serials: readonly string[];
  readonly issuedAt: Date;
  readonly statement: Statement;
  readonly hash: string;
}

export interface StoredCertificate extends Certificate {
  readonly book: number;
}

interface CertificateRow {
  readonly book: number;
  readonly number: string;
  readonly card_id: string;
  readonly grams: string;
  readonly serials: string[];
  readonly issued_at: Date;
  readonly statement: Statement;
  readonly hash: string;
}

/** The hash of all that a certificate says for good. */
export const certificateHash = (certificate: Omit<StoredCertificate, 'hash'>): string =>
  canonicalHash({
    book: String(certificate.book),
    number: certificate.number,
    cardId: certificate.cardId,
    grams: certificate.grams,
    serials: certificate.serials,
    issuedAt: certificate.issuedAt.toISOString(),
    statement: { ...certificate.statement },
  });

@Injectable()
export class CertificateStore {
  async insert(tx: Tx, certificate: Certificate): Promise<void> {
    await tx.execute(
      `INSERT INTO cards.certificate (book, number, card_id, grams, serials, issued_at, statement, hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        tx.book,
        certificate.number,
        certificate.cardId,
        certificate.grams,
        JSON.stringify(certificate.serials),
        certificate.issuedAt,
        JSON.stringify(certificate.statement),
        certificate.hash,
      ],
    );
  }

  /** Whatever the book: a number is unique by chance alone, and its chance is 2^80. */
  async byNumber(reader: Reader, number: string): Promise<StoredCertificate | undefined> {
    const rows = await reader.query<CertificateRow>(
      `SELECT book, number, card_id, grams, serials, issued_at, statement, hash FROM cards.certificate
        WHERE number = $1 LIMIT 1`,
      [number],
    );
    return rows[0] && toCertificate(rows[0]);
  }
}

const toCertificate = (row: CertificateRow): StoredCertificate => ({
  book: row.book,
  number: row.number,
  cardId: row.card_id,
  grams: BigInt(row.grams),
  serials: row.serials,
  issuedAt: row.issued_at,
  statement: row.statement,
  hash: row.hash,
});
