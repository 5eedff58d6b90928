import { Injectable } from '@nestjs/common';

import { isUuid } from '@app/kernel';
import { Database } from '@app/platform';
import { readCertificateNumber } from './certificate-number.rules';
import { CertificateStore } from './certificate.store';

/** From a certificate to its serials and from a retirement to its certificate. For staff: who has a number has it from its buyer. */
@Injectable()
export class CertificateFinder {
  constructor(
    private readonly database: Database,
    private readonly certificates: CertificateStore,
  ) {}

  /** The printed serial ranges of a certificate of the book; undefined when it has none of this number. */
  async serialsOf(book: number, typed: string): Promise<readonly string[] | undefined> {
    const number = readCertificateNumber(typed);
    const certificate = number && (await this.certificates.byNumber(this.database, number));
    return certificate && certificate.book === book ? certificate.serials : undefined;
  }

  /** Numbers by `<reference of the retirement> <card>`; those without a certificate have none. */
  async ofRetirements(book: number, references: readonly string[]): Promise<Map<string, string>> {
    const ids = [...new Set(references)].filter(isUuid);
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<{ id: string; card: string; number: string }>(
      `SELECT id, card_id AS card, certificate AS number FROM cards.retirement
        WHERE book = $1 AND id = ANY ($2::uuid[]) AND certificate IS NOT NULL`,
      [book, ids],
    );
    return new Map(rows.map(({ id, card, number }) => [`${id} ${card}`, number]));
  }
}
